package dev.enclavemetrics.contract;

/** Annotations of Pods, except those of the port ({@link MetricsPort}), and one of HPAs. */
public final class AnnotationKeys {

    private static final String PREFIX = "enclave-metrics.dev/";

    /** Which enclave the launcher serves, as its {@code --enclave}. */
    public static final String ENCLAVE = PREFIX + "enclave";

    /** The image of an enclave that the launcher starts; the following ones apply only then. */
    public static final String RUN_ENCLAVE = PREFIX + "run-enclave";

    public static final String ENCLAVE_VOLUME = PREFIX + "enclave-volume";
    public static final String ENCLAVE_CPUS = PREFIX + "enclave-cpus";
    public static final String ENCLAVE_MEMORY_MIB = PREFIX + "enclave-memory-mib";
    public static final String ENCLAVE_HUGEPAGES = PREFIX + "enclave-hugepages";
    public static final String ENCLAVE_RESTART = PREFIX + "enclave-restart";
    public static final String ENCLAVE_DEBUG = PREFIX + "enclave-debug";
    public static final String ENCLAVE_CPUS_RESOURCE = PREFIX + "enclave-cpus-resource";

    /** The launcher's UID and GID. */
    public static final String LAUNCHER_RUN_AS_USER = PREFIX + "launcher-run-as-user";

    /** On an HPA: its metrics before the translation, as JSON, written by the webhook. */
    public static final String ORIGINAL_METRICS = PREFIX + "original-metrics";

    private AnnotationKeys() {}

    /**
     * The launcher's CPU or memory, as a quantity or {@code none}.
     *
     * @param resource cpu or memory
     * @param side request or limit
     */
    public static String launcherResource(String resource, String side) {
        return PREFIX + "launcher-" + resource + "-" + side;
    }
}
