package dev.enclavemetrics.serving.cluster;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that are reached without a proxy: names including subdomains ({@code .svc} and {@code
 * *.svc}: only subdomains), addresses, CIDR ranges, each with or without a port, or {@code *}; the
 * same forms as in kubectl and Kubernetes components (Go's package httpproxy). An entry of another
 * form excludes nothing.
 *
 * @param list the entries, between commas or spaces
 */
record NoProxy(String list) {

    private static final String ANY = "*";

    boolean excludes(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        byte[] address = address(name);
        if (name.equals("localhost") || isLoopback(address)) {
            return true;
        }
        return Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .anyMatch(entry -> excludes(entry, name, address, port));
    }

    private static boolean excludes(
            String entry, String name, byte @Nullable [] address, int port) {
        int slash = entry.indexOf('/');
        if (slash >= 0) {
            return isInRange(entry.substring(0, slash), entry.substring(slash + 1), address);
        }
        String host = entry;
        int colon = entry.lastIndexOf(':');
        // Other colons are those of an IPv6 address, which a port only follows after a bracket.
        if (colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']')) {
            if (!entry.substring(colon + 1).equals(String.valueOf(port))) {
                return false;
            }
            host = entry.substring(0, colon);
        }
        byte[] excluded = address(host);
        if (excluded != null) {
            return Arrays.equals(excluded, address);
        }
        if (host.startsWith("*.")) {
            host = host.substring(1);
        }
        return host.equals(ANY)
                || (!host.isEmpty()
                        && (host.startsWith(".")
                                ? name.endsWith(host)
                                : name.equals(host) || name.endsWith("." + host)));
    }

    private static boolean isInRange(String network, String bits, byte @Nullable [] address) {
        byte[] first = address(network);
        if (first == null || address == null || first.length != address.length) {
            return false;
        }
        if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > first.length * Byte.SIZE) {
            return false;
        }
        for (int bit = 0; bit < Integer.parseInt(bits); bit++) {
            int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
            if (((first[bit / Byte.SIZE] ^ address[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Null for a name: none is looked up. */
    private static byte @Nullable [] address(String host) {
        return NetUtil.createByteArrayFromIpAddressString(host);
    }

    private static boolean isLoopback(byte @Nullable [] address) {
        return isInRange("127.0.0.0", "8", address) || isInRange("::1", "128", address);
    }
}
