package dev.enclavemetrics.webhook;

import dev.enclavemetrics.webhook.Verdict.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 */
record EnclaveStart(
        String image,
        @Nullable String volume,
        int cpus,
        int memoryMib,
        String hugepages,
        @Nullable String restart,
        boolean debug)
        implements PodEnclave {

    static final String KEY = "enclave-metrics.dev/run-enclave";
    static final String VOLUME_KEY = "enclave-metrics.dev/enclave-volume";

    private static final String CPUS_KEY = "enclave-metrics.dev/enclave-cpus";
    private static final String MEMORY_KEY = "enclave-metrics.dev/enclave-memory-mib";
    private static final String HUGEPAGES_KEY = "enclave-metrics.dev/enclave-hugepages";
    private static final String RESTART_KEY = "enclave-metrics.dev/enclave-restart";
    private static final String DEBUG_KEY = "enclave-metrics.dev/enclave-debug";
    private static final List<String> OTHER_KEYS =
            List.of(VOLUME_KEY, CPUS_KEY, MEMORY_KEY, HUGEPAGES_KEY, RESTART_KEY, DEBUG_KEY);

    /** Possessive, so that a long one is matched in a loop and not on the stack; no . and no .. */
    private static final Pattern IMAGE =
            Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[^/:\\p{Cntrl}]++){2,}+");

    /** What the launcher's image has, and where the sidecar's own volumes are. */
    private static final List<String> TAKEN =
            List.of(
                    "/opt/enclave-metrics",
                    "/usr",
                    "/lib",
                    "/lib64",
                    "/bin",
                    "/sbin",
                    "/etc",
                    "/dev",
                    "/proc",
                    "/sys",
                    "/run/nitro_enclaves",
                    "/var/run/nitro_enclaves",
                    "/var/log/nitro_enclaves");

    private static final Map<String, Integer> HUGEPAGE_MIB = Map.of("2Mi", 2, "1Gi", 1024);
    private static final int MAX_DIGITS = 8;

    /** By the AWS Nitro Enclaves device plugin, which also brings /dev/nitro_enclaves. */
    private static final String DEVICE = "aws.ec2.nitro/nitro_enclaves";

    /** The enclave to start, or null if the annotations tell of none. */
    static @Nullable EnclaveStart of(Annotations annotations) {
        String image = annotations.get(KEY);
        if (image == null) {
            for (String key : OTHER_KEYS) {
                if (annotations.get(key) != null) {
                    throw refused(key, "go with " + KEY, annotations.get(key));
                }
            }
            return null;
        }
        String address = annotations.get(EnclaveAddress.KEY);
        if (address != null) {
            throw refused(EnclaveAddress.KEY, "not go with " + KEY, address);
        }
        if (!IMAGE.matcher(image).matches()) {
            throw refused(KEY, "be the path of a file in a folder, such as /eif/app.eif", image);
        }
        return new EnclaveStart(
                image,
                annotations.get(VOLUME_KEY),
                number(annotations, CPUS_KEY, 1, 4096),
                number(annotations, MEMORY_KEY, 64, 32 << 20),
                choice(annotations, HUGEPAGES_KEY, "2Mi", "1Gi", "2Mi"),
                annotations.get(RESTART_KEY) == null
                        ? null
                        : choice(annotations, RESTART_KEY, "never", "on-failure", "never"),
                choice(annotations, DEBUG_KEY, "true", "false", "false").equals("true"));
    }

    private static int number(Annotations annotations, String key, int least, int most) {
        String text = annotations.get(key);
        int number = -1;
        if (text != null
                && !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            number = Integer.parseInt(text);
        }
        if (number < least || number > most) {
            String rule = "be a whole number from " + least + " to " + most + " with " + KEY;
            throw refused(key, rule, text);
        }
        return number;
    }

    private static String choice(
            Annotations annotations, String key, String one, String other, String otherwise) {
        String text = annotations.get(key);
        if (text != null && !text.equals(one) && !text.equals(other)) {
            throw refused(key, "be " + one + " or " + other, text);
        }
        return text == null ? otherwise : text;
    }

    static RefusedException refused(String key, String rule, @Nullable String found) {
        return new RefusedException(
                Refusal.invalid(
                        "annotation "
                                + key
                                + " must "
                                + rule
                                + ", found "
                                + (found == null
                                        ? "none"
                                        : "\"" + Words.shortened(found, 120) + "\"")
                                + "; correct it in the Pod template"));
    }

    /** A folder that the sidecar gets must hide nothing that it needs, nor replace its program. */
    static void requireFree(String folder) {
        for (String taken : TAKEN) {
            if ((taken + "/").startsWith(folder + "/") || (folder + "/").startsWith(taken + "/")) {
                throw refused(
                        KEY, "lie in a folder of its own, such as /eif, not " + taken, folder);
            }
        }
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

    /** What the scheduler and the kubelet must give: of these, limits and requests are the same. */
    Map<String, String> resources() {
        int pageMib = HUGEPAGE_MIB.getOrDefault(hugepages, 1);
        int pages = (memoryMib + pageMib - 1) / pageMib;
        Map<String, String> resources = new TreeMap<>();
        resources.put(DEVICE, "1");
        resources.put("hugepages-" + hugepages, pages * pageMib + "Mi");
        return resources;
    }
}
