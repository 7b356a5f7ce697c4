package dev.enclavemetrics.chart;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The permissions of roles, in lines such as {@code get,patch secrets [NAME]}. */
final class Rights {

    private Rights() {}

    static List<String> of(Object role) {
        return Rendered.list(role, "rules").stream().map(Rights::line).toList();
    }

    /** Returns the permissions of all roles that the release binds to a service account. */
    static List<String> of(Rendered rendered, String account) {
        return Stream.concat(rendered.ofKind("ClusterRoleBinding"), rendered.ofKind("RoleBinding"))
                .filter(
                        binding ->
                                Rendered.list(binding, "subjects").stream()
                                        .anyMatch(s -> Rendered.text(s, "name").equals(account)))
                .map(
                        binding ->
                                Rendered.text(binding, "roleRef", "kind")
                                        + " "
                                        + Rendered.text(binding, "roleRef", "name"))
                .flatMap(
                        role ->
                                rendered.has(role)
                                        ? of(rendered.get(role)).stream()
                                        : Stream.of(role))
                .toList();
    }

    private static String line(Object rule) {
        String resources =
                words(rule, "resources").stream()
                        .map(resource -> resource + group(rule))
                        .collect(Collectors.joining(","));
        List<String> names = words(rule, "resourceNames");
        return String.join(",", words(rule, "verbs"))
                + " "
                + resources
                + (names.isEmpty() ? "" : " " + names);
    }

    private static String group(Object rule) {
        String group = String.join(",", words(rule, "apiGroups"));
        return group.isEmpty() ? "" : "." + group;
    }

    private static List<String> words(Object rule, String key) {
        return Rendered.list(rule, key).stream().map(String::valueOf).toList();
    }
}
