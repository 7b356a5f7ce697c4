package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.contract.ManagedLabel;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which pods are asked for.
 *
 * @param namespace null for all
 * @param selector of labels; that of all confidential pods is part of it
 */
record Selection(@Nullable String namespace, String selector) {

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    Selection {
        if (namespace != null && !isNamespace(namespace)) {
            throw new IllegalArgumentException(
                    "a namespace must be a DNS label, found " + namespace);
        }
    }

    static Selection of(@Nullable String namespace, String labels) {
        return new Selection(
                namespace,
                labels.isBlank() ? ManagedLabel.SELECTOR : ManagedLabel.SELECTOR + "," + labels);
    }

    /** It becomes part of a path, so it must be nothing else. */
    static boolean isNamespace(String text) {
        return NAMESPACE.matcher(text).matches();
    }

    Selection in(String other) {
        return new Selection(other, selector);
    }

    /** For messages. */
    String place() {
        return namespace == null ? "all namespaces" : "namespace " + namespace;
    }
}
