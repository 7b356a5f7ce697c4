package dev.enclavemetrics.kubectl.query;

import java.util.Comparator;

/** Namespace and name of a pod, ordered by both. */
public record PodName(String namespace, String name) implements Comparable<PodName> {

    private static final Comparator<PodName> ORDER =
            Comparator.comparing(PodName::namespace).thenComparing(PodName::name);

    @Override
    public int compareTo(PodName other) {
        return ORDER.compare(this, other);
    }
}
