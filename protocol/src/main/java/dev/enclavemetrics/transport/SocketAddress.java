package dev.enclavemetrics.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Socket addresses of the kernel: sockaddr_vm (uapi/linux/vm_sockets.h), sockaddr_un and
 * sockaddr_in.
 */
final class SocketAddress {

    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_VSOCK = 40;

    private static final int INET_BYTES = 16;
    private static final int INET_PORT_OFFSET = 2;
    private static final int INET_ADDRESS_OFFSET = 4;
    private static final int LOOPBACK = 0x7F000001;

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
        putFamily(address, AF_UNIX);
        return address.put(name).array();
    }

    /** A port of 127.0.0.1; port and address are big-endian everywhere. */
    static byte[] loopback(int port) {
        ByteBuffer address = ByteBuffer.allocate(INET_BYTES);
        putFamily(address, AF_INET);
        address.order(ByteOrder.BIG_ENDIAN);
        address.putShort(INET_PORT_OFFSET, (short) port);
        address.putInt(INET_ADDRESS_OFFSET, LOOPBACK);
        return address.array();
    }

    private static void putFamily(ByteBuffer address, int family) {
        if (Platform.MAC) { // where the first byte is the length, the second the family
            address.put((byte) address.capacity()).put((byte) family);
        } else {
            address.order(ByteOrder.nativeOrder()).putShort((short) family);
        }
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
