package dev.enclavemetrics.kubectl;

import java.util.Comparator;

/** Which pod; in the order that people look for it. */
record PodName(String namespace, String name) implements Comparable<PodName> {

    private static final Comparator<PodName> ORDER =
            Comparator.comparing(PodName::namespace).thenComparing(PodName::name);

    @Override
    public int compareTo(PodName other) {
        return ORDER.compare(this, other);
    }
}
