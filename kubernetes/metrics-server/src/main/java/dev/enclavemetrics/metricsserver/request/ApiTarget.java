package dev.enclavemetrics.metricsserver.request;

import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A request's path and query, split and decoded once. Ambiguous targets are refused: a server that
 * the request is forwarded to must not read a different path than the one that was authorized.
 *
 * @param segments of the path, decoded; none is empty, "." or "..", or contains a slash
 * @param query the first value of each parameter
 */
public record ApiTarget(List<String> segments, Map<String, String> query) {

    private static final int MAX_SEGMENTS = 12;
    private static final int MAX_PARAMETERS = 32;
    private static final Set<String> DOTS = Set.of(".", "..");

    public ApiTarget {
        segments = List.copyOf(segments);
        query = Map.copyOf(query);
    }

    /**
     * Splits and decodes a request's target.
     *
     * @throws RefusedException if the target is malformed
     */
    public static ApiTarget parse(String uri) {
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        if (!path.startsWith("/")) {
            throw refused("the target must begin with /");
        }
        return new ApiTarget(segments(path), query(mark < 0 ? "" : uri.substring(mark + 1)));
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        String[] parts = path.split("/", MAX_SEGMENTS + 3); // one before, one too many, a rest
        for (int i = 1; i < parts.length; i++) {
            String segment = decode(parts[i], false);
            if (segment.isEmpty() && i == parts.length - 1) {
                break; // a trailing slash is ignored
            }
            if (segment.isEmpty() || segment.indexOf('/') >= 0 || DOTS.contains(segment)) {
                throw refused("a path segment must not be empty, '.', '..' or contain a slash");
            }
            segments.add(segment);
        }
        if (segments.size() > MAX_SEGMENTS) {
            throw refused("the path must have at most " + MAX_SEGMENTS + " segments");
        }
        return segments;
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return query;
        }
        String[] parts = text.split("&", MAX_PARAMETERS + 1);
        if (parts.length > MAX_PARAMETERS) {
            throw refused("the query must have at most " + MAX_PARAMETERS + " parameters");
        }
        for (String part : parts) {
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals), true);
            String value = equals < 0 ? "" : decode(part.substring(equals + 1), true);
            query.putIfAbsent(name, value);
        }
        return query;
    }

    /** Strict percent-decoding: incomplete escapes and malformed UTF-8 are refused. */
    private static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return checked(text);
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
                int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw refused("a % must be followed by two hexadecimal digits");
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put(plusIsSpace && raw[i] == '+' ? (byte) ' ' : raw[i]);
            }
        }
        try {
            return checked(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            throw refused("the target must be UTF-8");
        }
    }

    private static String checked(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw refused("the target must have no control characters");
        }
        return text;
    }

    private static RefusedException refused(String rule) {
        return new RefusedException(
                StatusReason.BAD_REQUEST, rule + ", found something else; correct the request");
    }

    /** The decoded path, for reviews and messages. */
    public String path() {
        return "/" + String.join("/", segments);
    }

    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** Whether a flag is set, by the rule of Kubernetes: present, and neither 0 nor false. */
    public boolean flag(String name) {
        String value = query.get(name);
        return value != null && !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    public boolean pretty() {
        return switch (parameter("pretty")) {
            case "true", "1" -> true;
            default -> false;
        };
    }
}
