package dev.enclavemetrics.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Socket addresses of the kernel: sockaddr_vm (uapi/linux/vm_sockets.h) and sockaddr_un. */
final class SocketAddress {

    static final int AF_UNIX = 1;
    static final int AF_VSOCK = 40;

    private static final int FAMILY_BYTES = 2;
    static final int VSOCK_BYTES = 16;
    private static final int VSOCK_PORT_OFFSET = 4;
    private static final int VSOCK_CID_OFFSET = 8;

    private SocketAddress() {}

    static byte[] vsock(int cid, int port) {
        ByteBuffer address = ByteBuffer.allocate(VSOCK_BYTES).order(ByteOrder.nativeOrder());
        address.putShort((short) AF_VSOCK);
        address.putInt(VSOCK_PORT_OFFSET, port);
        address.putInt(VSOCK_CID_OFFSET, cid);
        return address.array();
    }

    static byte[] unix(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        ByteBuffer address = ByteBuffer.allocate(FAMILY_BYTES + name.length + 1);
        if (Platform.MAC) { // where the first byte is the length, the second the family
            address.put((byte) address.capacity()).put((byte) AF_UNIX);
        } else {
            address.order(ByteOrder.nativeOrder()).putShort((short) AF_UNIX);
        }
        return address.put(name).array();
    }

    /** Whether an address from getpeername(2) is a sockaddr_vm. */
    static boolean isVsock(byte[] address) {
        return ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).getShort() == AF_VSOCK;
    }

    /** The context id in a sockaddr_vm. */
    static int cid(byte[] vsockAddress) {
        return ByteBuffer.wrap(vsockAddress)
                .order(ByteOrder.nativeOrder())
                .getInt(VSOCK_CID_OFFSET);
    }
}
