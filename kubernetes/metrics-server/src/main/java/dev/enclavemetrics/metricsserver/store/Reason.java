package dev.enclavemetrics.metricsserver.store;

/**
 * Why a pod has a point or none, as Kubernetes writes reasons.
 *
 * @param word one CamelCase word of a bounded set
 * @param detail a short explanation, or empty
 */
public record Reason(String word, String detail) {

    public static final Reason FRESH = new Reason("Fresh", "");
    public static final Reason NOT_SCRAPED_YET = new Reason("NotScrapedYet", "");

    /** The port annotation is not a port; only the pod's owner can correct it. */
    public static final String BAD_PORT = "BadPort";

    /** The command of the enclave has ended, according to the launcher. */
    public static final String ENDED = "Ended";

    /** Nothing listens, and no container has the launcher's port: no sidecar was injected. */
    static final Reason NO_LAUNCHER =
            new Reason(
                    "NoLauncher",
                    "no container has a port named "
                            + WatchedPod.LAUNCHER_PORT
                            + ": the webhook was down when the pod was created; delete the pod");

    public static final String CONNECT_REFUSED = "ConnectRefused";

    /** Long enough for a launcher's last message, which ends with the cause. */
    private static final int MAX_DETAIL_CHARS = 256;

    public Reason {
        if (detail.length() > MAX_DETAIL_CHARS) {
            detail = detail.substring(0, MAX_DETAIL_CHARS - 1) + "…"; // may come from a peer
        }
    }

    /** Whether the failure cannot be temporary, so there is no need to wait for a recovery. */
    public boolean isCertain() {
        return word.equals(BAD_PORT) || word.equals(ENDED);
    }

    /** Word and detail, for logs and messages. */
    @Override
    public String toString() {
        return detail.isEmpty() ? word : word + " " + detail;
    }
}
