package dev.enclavemetrics.kubectl.query;

/**
 * A confidential pod with its usage, a line of the table.
 *
 * @param node empty if unknown
 */
public record PodUsage(PodName pod, String node, Usage usage, Reason reason) {

    PodUsage onNode(String name) {
        return new PodUsage(pod, name, usage, reason);
    }
}
