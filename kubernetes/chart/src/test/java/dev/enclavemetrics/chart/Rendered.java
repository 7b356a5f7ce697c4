package dev.enclavemetrics.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The rendered objects, in the chart's order. */
final class Rendered {

    private final String text;
    private final List<Object> objects = new ArrayList<>();

    Rendered(String text) {
        this.text = text;
        for (Object object :
                new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                        .loadAllFromString(text)) {
            if (object != null) {
                objects.add(object);
            }
        }
    }

    String text() {
        return text;
    }

    List<Object> objects() {
        return List.copyOf(objects);
    }

    /** Returns names such as {@code Service enclave-metrics-server}. */
    List<String> names() {
        return objects.stream().map(Rendered::name).toList();
    }

    static String name(Object object) {
        return text(object, "kind") + " " + text(object, "metadata", "name");
    }

    /** Returns the object with that kind and name. */
    Object get(String name) {
        return find(name).orElseThrow(() -> new AssertionError("no " + name + " among " + names()));
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    private Optional<Object> find(String name) {
        return objects.stream().filter(object -> name(object).equals(name)).findFirst();
    }

    Stream<Object> ofKind(String kind) {
        return objects.stream().filter(object -> text(object, "kind").equals(kind));
    }

    /** Returns the arguments of a Deployment's only container. */
    List<String> arguments(String deployment) {
        return list(container(get("Deployment " + deployment)), "args").stream()
                .map(String::valueOf)
                .toList();
    }

    static Object podSpec(Object workload) {
        return Objects.requireNonNull(at(workload, "spec", "template", "spec"));
    }

    static Object container(Object workload) {
        return list(podSpec(workload), "containers").get(0);
    }

    /** Returns the value at a path of keys, or null. */
    static @Nullable Object at(@Nullable Object object, String... path) {
        Object found = object;
        for (String key : path) {
            found = found instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return found;
    }

    static String text(Object object, String... path) {
        return String.valueOf(at(object, path));
    }

    @SuppressWarnings("unchecked") // from YAML
    static List<Object> list(Object object, String... path) {
        return at(object, path) instanceof List<?> list ? (List<Object>) list : List.of();
    }

    @Override
    public String toString() {
        return names().stream().collect(Collectors.joining("\n"));
    }
}
