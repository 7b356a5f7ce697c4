package dev.enclavemetrics.transport;

import java.nio.charset.StandardCharsets;

/** An address to listen on or to dial. {@code toString()} is the form that is parsed. */
public sealed interface Endpoint {

    /** A vsock address: a context id, or {@link #ANY_CID} to listen, and a port. */
    record Vsock(int cid, int port) implements Endpoint {
        public Vsock {
            requirePort(port);
        }

        @Override
        public String toString() {
            return "vsock:" + (cid == ANY_CID ? "any" : Integer.toUnsignedString(cid)) + ":" + port;
        }
    }

    /** The path of a Unix socket. */
    record Unix(String path) implements Endpoint {
        public Unix {
            requirePath(path);
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /** The Unix socket of a VMM, and the vsock port in its guest; only to dial. */
    record Hybrid(String path, int port) implements Endpoint {
        public Hybrid {
            requirePath(path);
            requirePort(port);
        }

        @Override
        public String toString() {
            return "hybrid:" + path + ":" + port;
        }
    }

    /**
     * Where the application in the same enclave serves its metrics; only to dial.
     *
     * @param path of a Unix socket, or empty
     * @param port of 127.0.0.1, if there is no path
     */
    record Application(String path, int port) implements Endpoint {
        public Application {
            if (path.isEmpty()) {
                requirePort(port);
            } else {
                requirePath(path);
            }
        }

        @Override
        public String toString() {
            return path.isEmpty() ? "127.0.0.1:" + port : path;
        }
    }

    /** VMADDR_CID_ANY: every address of this machine. */
    int ANY_CID = -1;

    /** The forms that {@link #parse} accepts, for messages and help. */
    String FORMS = "vsock:CID:PORT, unix:PATH or hybrid:PATH:PORT";

    /** The forms that {@link #parseListening} accepts. On hybrid sockets only a VMM listens. */
    String LISTENING_FORMS = "vsock:any:PORT or unix:PATH";

    /** The longest path of a sockaddr_un on all platforms (104 bytes on macOS, with a NUL). */
    int MAX_PATH_BYTES = 103;

    /**
     * Parses an endpoint.
     *
     * @throws IllegalArgumentException that says what must hold and what was found
     */
    static Endpoint parse(String text) {
        return parse(text, FORMS);
    }

    /**
     * Parses an endpoint to listen on.
     *
     * @throws IllegalArgumentException that says what must hold and what was found
     */
    static Endpoint parseListening(String text) {
        if (text.startsWith("hybrid:")) {
            throw mustBe(LISTENING_FORMS, text);
        }
        return parse(text, LISTENING_FORMS);
    }

    private static Endpoint parse(String text, String forms) {
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        int last = rest.lastIndexOf(':');
        boolean vsock = scheme.equals("vsock");
        try {
            if (scheme.equals("unix") && !rest.isEmpty()) {
                return new Unix(rest);
            }
            if ((vsock || scheme.equals("hybrid")) && last > 0) {
                String place = rest.substring(0, last);
                int port = port(rest.substring(last + 1));
                return vsock ? new Vsock(cid(place), port) : new Hybrid(place, port);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " in " + text, e);
        }
        throw mustBe(forms, text);
    }

    private static IllegalArgumentException mustBe(String forms, String found) {
        return new IllegalArgumentException(
                "an endpoint must be "
                        + forms
                        + ", found "
                        + (found.isEmpty() ? "nothing" : found));
    }

    /**
     * Parses a context id: a number of 32 bits, or any.
     *
     * @throws IllegalArgumentException that says what must hold and what was found
     */
    static int cid(String cid) {
        if (cid.equals("any")) {
            return ANY_CID;
        }
        try {
            if (!cid.startsWith("+")) {
                return Integer.parseUnsignedInt(cid);
            }
        } catch (NumberFormatException e) {
            // falls through to the message for both cases
        }
        throw new IllegalArgumentException(
                "the CID must be a whole number or any, found "
                        + (cid.isEmpty() ? "nothing" : cid));
    }

    private static int port(String port) {
        try {
            if (!port.startsWith("+")) {
                return Integer.parseInt(port);
            }
        } catch (NumberFormatException e) {
            // falls through to the message for both cases
        }
        throw badPort(port);
    }

    private static void requirePort(int port) {
        if (port < 1) {
            throw badPort(Integer.toString(port));
        }
    }

    private static IllegalArgumentException badPort(String port) {
        return new IllegalArgumentException(
                "the port must be 1 to " + Integer.MAX_VALUE + ", found " + port);
    }

    private static void requirePath(String path) {
        int bytes = path.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_PATH_BYTES) {
            throw new IllegalArgumentException(
                    "a socket's path must be 1 to " + MAX_PATH_BYTES + " bytes, found " + bytes);
        }
        if (path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a socket's path must not contain NUL, found one");
        }
    }
}
