package dev.enclavemetrics.kubectl.query;

import dev.enclavemetrics.contract.ManagedLabel;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pods to ask for.
 *
 * @param namespace null for all namespaces
 * @param selector a label selector, which includes that of all confidential pods
 */
public record Selection(@Nullable String namespace, String selector) {

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public Selection {
        if (namespace != null && !isNamespace(namespace)) {
            throw new IllegalArgumentException(
                    "a namespace must be a DNS label, found " + namespace);
        }
    }

    /**
     * The confidential pods of a namespace, or of all.
     *
     * @param labels a label selector, or empty
     */
    public static Selection of(@Nullable String namespace, String labels) {
        return new Selection(
                namespace,
                labels.isBlank() ? ManagedLabel.SELECTOR : ManagedLabel.SELECTOR + "," + labels);
    }

    /** Whether the text is a DNS label. As part of a path it must not be anything else. */
    public static boolean isNamespace(String text) {
        return NAMESPACE.matcher(text).matches();
    }

    Selection in(String other) {
        return new Selection(other, selector);
    }

    /** A description for messages. */
    String place() {
        return namespace == null ? "all namespaces" : "namespace " + namespace;
    }
}
