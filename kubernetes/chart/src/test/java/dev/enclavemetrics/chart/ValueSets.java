package dev.enclavemetrics.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Generates values that the schema may accept: each value matches its own part of the schema. */
final class ValueSets {

    /** Common values, valid or not, and boundary values. */
    private static final List<Object> CANDIDATES =
            List.of(
                    "",
                    "a",
                    "no",
                    "123",
                    "a-b",
                    "a.b",
                    "Foo_Bar",
                    "a b",
                    "none",
                    "pod",
                    "/",
                    "/a",
                    "/a/b.c",
                    "/a/../b",
                    "/usr/bin/nitro-cli",
                    "Unconfined",
                    "RuntimeDefault",
                    "Localhost",
                    "a/b.json",
                    "../a",
                    "0s",
                    "1ms",
                    "99ms",
                    "1s",
                    "2s",
                    "3s",
                    "15s",
                    "61s",
                    "10m",
                    "11m",
                    "1h",
                    "2h",
                    "2160h",
                    "999999999h",
                    "007s",
                    "0",
                    "1",
                    "10m",
                    "100m",
                    "0.5",
                    "0.0001",
                    "64Mi",
                    "128Mi",
                    "1Gi",
                    "384MB",
                    "1e3",
                    "-1",
                    "self",
                    "cert-manager",
                    "secret",
                    "a/b:443",
                    "a/b:0",
                    "a/b:99999",
                    "A/b:1",
                    "https://a",
                    "https://a:99999",
                    "https://a.b:443/",
                    "https://a/b",
                    "https://-",
                    "-----BEGIN CERTIFICATE-----",
                    "1.37",
                    "v1",
                    "v 1",
                    "sha256:" + "0123456789abcdef".repeat(4),
                    "registry.example:5000/x",
                    0,
                    1,
                    2,
                    29,
                    30,
                    31,
                    443,
                    1023,
                    10_250,
                    10_251,
                    65_535,
                    65_536,
                    20_261_125,
                    -1,
                    0.25,
                    true,
                    false);

    private static final List<Map<String, Object>> MAPS =
            List.of(
                    Map.of(),
                    Map.of("a", "b"),
                    Map.of("a/b", 42),
                    Map.of("a", true),
                    Map.of("a b", "c"));

    private final Object root;
    private final Map<String, List<Object>> choices = new TreeMap<>();

    ValueSets() {
        root = yaml(Chart.read("values.schema.json"));
        collect(root, "");
    }

    /** Returns YAML with some values changed from the default. */
    String next(Random random, int changes) {
        List<String> paths = new ArrayList<>(choices.keySet());
        Map<String, Object> values = new TreeMap<>();
        for (int i = 0; i < changes; i++) {
            String path = paths.get(random.nextInt(paths.size()));
            List<Object> some = choices.getOrDefault(path, List.of());
            put(values, path.split("\\."), some.get(random.nextInt(some.size())));
        }
        return text(values);
    }

    private void collect(Object schema, String path) {
        Object found = resolved(schema);
        if (Rendered.at(found, "properties") instanceof Map<?, ?> properties) {
            String below = path.isEmpty() ? "" : path + ".";
            properties.forEach((key, value) -> collect(value, below + key));
            return;
        }
        List<Object> accepted = new ArrayList<>();
        CANDIDATES.stream().filter(value -> mayBe(found, value)).forEach(accepted::add);
        if (Rendered.at(found, "additionalProperties") != null) {
            accepted.addAll(MAPS);
        }
        if (!accepted.isEmpty()) {
            choices.put(path, accepted);
        }
    }

    private Object resolved(Object schema) {
        return Rendered.at(schema, "$ref") instanceof String ref
                ? Objects.requireNonNull(Rendered.at(root, ref.substring(2).split("/")))
                : schema;
    }

    /** Only a coarse filter: Helm itself decides. */
    private static boolean mayBe(Object schema, Object value) {
        String types = Rendered.text(schema, "type");
        if (value instanceof String text) {
            return types.contains("string")
                    && (Rendered.at(schema, "enum") == null
                            || Rendered.list(schema, "enum").contains(text))
                    && (!(Rendered.at(schema, "pattern") instanceof String pattern)
                            || Pattern.compile(pattern).matcher(text).find());
        }
        return value instanceof Boolean
                ? types.contains("boolean")
                : types.contains("number")
                        || (types.contains("integer") && value instanceof Integer);
    }

    @SuppressWarnings("unchecked") // maps created here
    private static void put(Map<String, Object> values, String[] path, Object value) {
        Map<String, Object> map = values;
        for (int i = 0; i < path.length - 1; i++) {
            map = (Map<String, Object>) map.computeIfAbsent(path[i], key -> new TreeMap<>());
        }
        map.put(path[path.length - 1], value);
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof String text ? "\"" + text + "\"" : value.toString();
    }

    private static Object yaml(String text) {
        return Objects.requireNonNull(
                new Load(LoadSettings.builder().build()).loadFromString(text));
    }
}
