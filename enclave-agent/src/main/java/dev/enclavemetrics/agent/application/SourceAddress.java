package dev.enclavemetrics.agent.application;

import dev.enclavemetrics.transport.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Where the application's exposition is read.
 *
 * @param endpoint of its HTTP server, or null for a file
 * @param path of the request, or of the file
 */
public record SourceAddress(Endpoint.@Nullable Application endpoint, String path) {

    /** The forms that {@link #parse} accepts, for messages and help. */
    public static final String FORMS =
            "http://127.0.0.1:PORT/PATH, http+unix:SOCKET:/PATH or file:/PATH";

    private static final String HTTP = "http://";
    private static final String HTTP_UNIX = "http+unix:";
    private static final String FILE = "file:";
    private static final String DEFAULT_PATH = "/metrics";
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PATH_CHARS = 1024;

    /**
     * Parses an address.
     *
     * @throws IllegalArgumentException that says what must hold and what was found
     */
    public static SourceAddress parse(String text) {
        for (int i = 0; i < text.length(); i++) { // a request line must stay one
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                throw mustBe("printable ASCII without spaces", text);
            }
        }
        if (text.length() > MAX_PATH_CHARS) {
            throw mustBe("at most " + MAX_PATH_CHARS + " characters", text);
        }
        if (text.startsWith(FILE + "/")) {
            return new SourceAddress(null, text.substring(FILE.length()));
        }
        if (text.startsWith(HTTP_UNIX + "/")) {
            return onUnixSocket(text, text.substring(HTTP_UNIX.length()));
        }
        if (text.startsWith(HTTP)) {
            return onLoopback(text, text.substring(HTTP.length()));
        }
        throw mustBe(FORMS, text);
    }

    private static SourceAddress onUnixSocket(String text, String rest) {
        int colon = rest.indexOf(":/");
        String socket = colon < 0 ? rest : rest.substring(0, colon);
        String path = colon < 0 ? DEFAULT_PATH : rest.substring(colon + 1);
        try {
            return new SourceAddress(new Endpoint.Application(socket, 0), path);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " in " + text, e);
        }
    }

    private static SourceAddress onLoopback(String text, String rest) {
        int slash = rest.indexOf('/');
        String host = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? DEFAULT_PATH : rest.substring(slash);
        int colon = host.lastIndexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        if (!name.equals("127.0.0.1") && !name.equals("localhost")) {
            throw mustBe("on 127.0.0.1 or localhost: nothing else is in this enclave", text);
        }
        int port = colon < 0 ? 80 : port(host.substring(colon + 1));
        if (port < 1 || port > MAX_PORT) {
            throw mustBe("on a port from 1 to " + MAX_PORT, text);
        }
        return new SourceAddress(new Endpoint.Application("", port), path);
    }

    /** -1 if the text is not a number of at most five digits. */
    private static int port(String text) {
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i >= 5) {
                return -1;
            }
            port = port * 10 + digit;
        }
        return text.isEmpty() ? -1 : port;
    }

    private static IllegalArgumentException mustBe(String rule, String found) {
        return new IllegalArgumentException(
                "must be " + rule + ", found " + (found.isEmpty() ? "nothing" : found));
    }

    /** As it is written in the settings. */
    @Override
    public String toString() {
        if (endpoint == null) {
            return FILE + path;
        }
        return endpoint.path().isEmpty()
                ? HTTP + endpoint + path
                : HTTP_UNIX + endpoint + ":" + path;
    }
}
