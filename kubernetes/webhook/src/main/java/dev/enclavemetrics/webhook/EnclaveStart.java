package dev.enclavemetrics.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An enclave that the sidecar is to start.
 *
 * @param image the path of an .eif file in the sidecar
 * @param volume the pod's volume that holds it, or null where a container has it mounted
 * @param hugepages the size of the node's hugepages, 2Mi or 1Gi
 * @param restart the launcher's policy, or null for its default
 * @param cpusResource whether its CPUs are a resource of the device plugin
 */
record EnclaveStart(
        String image,
        @Nullable String volume,
        int cpus,
        int memoryMib,
        String hugepages,
        @Nullable String restart,
        boolean debug,
        boolean cpusResource)
        implements PodEnclave {

    static final String KEY = "enclave-metrics.dev/run-enclave";
    static final String VOLUME_KEY = "enclave-metrics.dev/enclave-volume";

    private static final String CPUS_KEY = "enclave-metrics.dev/enclave-cpus";
    private static final String MEMORY_KEY = "enclave-metrics.dev/enclave-memory-mib";
    private static final String HUGEPAGES_KEY = "enclave-metrics.dev/enclave-hugepages";
    private static final String RESTART_KEY = "enclave-metrics.dev/enclave-restart";
    private static final String DEBUG_KEY = "enclave-metrics.dev/enclave-debug";
    private static final String CPUS_RESOURCE_KEY = "enclave-metrics.dev/enclave-cpus-resource";
    private static final List<String> OTHER_KEYS =
            List.of(
                    VOLUME_KEY,
                    CPUS_KEY,
                    MEMORY_KEY,
                    HUGEPAGES_KEY,
                    RESTART_KEY,
                    DEBUG_KEY,
                    CPUS_RESOURCE_KEY);
    private static final String WITH_KEY = " with " + KEY;

    /** Possessive, so that a long one is matched in a loop and not on the stack; no . and no .. */
    private static final Pattern IMAGE =
            Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[^/:\\p{Cntrl}]++){2,}+");

    private static final Map<String, Integer> HUGEPAGE_MIB = Map.of("2Mi", 2, "1Gi", 1024);

    /** By the AWS Nitro Enclaves device plugin, which also brings /dev/nitro_enclaves. */
    private static final String DEVICE = "aws.ec2.nitro/nitro_enclaves";

    /** CPUs for enclaves, which the device plugin 0.3 and newer advertises if configured to. */
    private static final String CPUS_DEVICE = "aws.ec2.nitro/nitro_enclaves_cpus";

    /** The enclave to start, or null if the annotations tell of none. */
    static @Nullable EnclaveStart of(Annotations annotations, SidecarSettings settings) {
        String image = annotations.get(KEY);
        if (image == null) {
            for (String key : OTHER_KEYS) {
                if (annotations.get(key) != null) {
                    throw PodAnnotation.refused(key, "go with " + KEY, annotations.get(key));
                }
            }
            return null;
        }
        String address = annotations.get(EnclaveAddress.KEY);
        if (address != null) {
            throw PodAnnotation.refused(EnclaveAddress.KEY, "not go with " + KEY, address);
        }
        if (!IMAGE.matcher(image).matches()) {
            throw PodAnnotation.refused(
                    KEY, "be the path of a file in a folder, such as /eif/app.eif", image);
        }
        return new EnclaveStart(
                image,
                annotations.get(VOLUME_KEY),
                number(annotations, CPUS_KEY, 1, 4096),
                number(annotations, MEMORY_KEY, 64, 32 << 20),
                Objects.requireNonNullElse(
                        PodAnnotation.choice(annotations, HUGEPAGES_KEY, List.of("2Mi", "1Gi")),
                        "2Mi"),
                PodAnnotation.choice(annotations, RESTART_KEY, List.of("never", "on-failure")),
                flag(annotations, DEBUG_KEY, false),
                flag(annotations, CPUS_RESOURCE_KEY, settings.enclaveCpusResource()));
    }

    private static int number(Annotations annotations, String key, int least, int most) {
        return PodAnnotation.number(key, annotations.get(key), WITH_KEY, least, most);
    }

    private static boolean flag(Annotations annotations, String key, boolean standard) {
        String text = PodAnnotation.choice(annotations, key, List.of("true", "false"));
        return text == null ? standard : text.equals("true");
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--run-enclave=" + image);
        arguments.add("--enclave-cpus=" + cpus);
        arguments.add("--enclave-memory-mib=" + memoryMib);
        if (restart != null) {
            arguments.add("--enclave-restart=" + restart);
        }
        if (debug) {
            arguments.add("--debug");
        }
        return arguments;
    }

    @Override
    public String text() {
        return image;
    }

    /** The folder where the sidecar has the image. */
    String folder() {
        return image.substring(0, image.lastIndexOf('/'));
    }

    @Override
    public Map<String, String> devices() {
        int pageMib = HUGEPAGE_MIB.getOrDefault(hugepages, 1);
        int pages = (memoryMib + pageMib - 1) / pageMib;
        Map<String, String> resources = new TreeMap<>();
        resources.put(DEVICE, "1");
        if (cpusResource) {
            resources.put(CPUS_DEVICE, Integer.toString(cpus));
        }
        resources.put("hugepages-" + hugepages, pages * pageMib + "Mi");
        return resources;
    }
}
