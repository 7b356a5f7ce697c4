package dev.enclavemetrics.transport;

import java.nio.charset.StandardCharsets;

/** Where an agent listens and a launcher dials. {@code toString()} is the form that is parsed. */
public sealed interface Endpoint {

    /** A vsock address: a context id, or {@link #ANY_CID} to listen, and a port. */
    record Vsock(int cid, int port) implements Endpoint {
        @Override
        public String toString() {
            return "vsock:" + (cid == ANY_CID ? "any" : Integer.toUnsignedString(cid)) + ":" + port;
        }
    }

    /** The path of a Unix socket. */
    record Unix(String path) implements Endpoint {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /** The Unix socket of a VMM, and the vsock port of its guest; to dial only. */
    record Hybrid(String path, int port) implements Endpoint {
        @Override
        public String toString() {
            return "hybrid:" + path + ":" + port;
        }
    }

    /** VMADDR_CID_ANY: every address of this machine. */
    int ANY_CID = -1;

    /** The forms that {@link #parse} takes, for messages and help. */
    String FORMS = "vsock:CID:PORT, unix:PATH or hybrid:PATH:PORT";

    /** The longest path that sockaddr_un takes everywhere (104 bytes on macOS, one for the end). */
    int MAX_PATH_BYTES = 103;

    /**
     * Parses an endpoint.
     *
     * @throws IllegalArgumentException that says what must hold and what was found
     */
    static Endpoint parse(String text) {
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        int last = rest.lastIndexOf(':');
        boolean withPort = last > 0;
        if (scheme.equals("unix")) {
            return new Unix(path(rest, text));
        }
        if (scheme.equals("vsock") && withPort) {
            return new Vsock(cid(rest.substring(0, last), text), port(rest, last, text));
        }
        if (scheme.equals("hybrid") && withPort) {
            return new Hybrid(path(rest.substring(0, last), text), port(rest, last, text));
        }
        throw form(text);
    }

    private static int cid(String cid, String text) {
        if (cid.equals("any")) {
            return ANY_CID;
        }
        try {
            return Integer.parseUnsignedInt(cid);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the CID must be a whole number or any, found " + cid + " in " + text, e);
        }
    }

    private static int port(String rest, int colon, String text) {
        String port = rest.substring(colon + 1);
        try {
            int number = Integer.parseInt(port);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message that both cases deserve.
        }
        throw new IllegalArgumentException(
                "the port must be 1 to " + Integer.MAX_VALUE + ", found " + port + " in " + text);
    }

    private static String path(String path, String text) {
        if (path.isEmpty()) {
            throw form(text);
        }
        int bytes = path.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PATH_BYTES || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "a socket's path must be at most "
                            + MAX_PATH_BYTES
                            + " bytes, found "
                            + bytes
                            + " in "
                            + text);
        }
        return path;
    }

    private static IllegalArgumentException form(String text) {
        return new IllegalArgumentException("an endpoint must be " + FORMS + ", found " + text);
    }
}
