package dev.enclavemetrics.kubectl;

/**
 * A confidential pod, as a line of the table has it.
 *
 * @param node empty if unknown
 */
record PodUsage(PodName pod, String node, Usage usage, Reason reason) {

    PodUsage onNode(String name) {
        return new PodUsage(pod, name, usage, reason);
    }
}
