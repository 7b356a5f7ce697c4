package dev.enclavemetrics.webhook.pod;

import dev.enclavemetrics.contract.AnnotationKeys;
import dev.enclavemetrics.webhook.admission.Annotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An enclave that the sidecar starts, by the pod's annotations.
 *
 * @param image the path of the .eif file in the sidecar
 * @param volume the pod's volume with that file, or null if a container has it mounted
 * @param hugepages the size of the node's hugepages, 2Mi or 1Gi
 * @param restart the launcher's restart policy, or null for its default
 * @param cpusResource whether the enclave's CPUs are requested from the device plugin
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

    private static final List<String> OTHER_KEYS =
            List.of(
                    AnnotationKeys.ENCLAVE_VOLUME,
                    AnnotationKeys.ENCLAVE_CPUS,
                    AnnotationKeys.ENCLAVE_MEMORY_MIB,
                    AnnotationKeys.ENCLAVE_HUGEPAGES,
                    AnnotationKeys.ENCLAVE_RESTART,
                    AnnotationKeys.ENCLAVE_DEBUG,
                    AnnotationKeys.ENCLAVE_CPUS_RESOURCE);
    private static final String WITH_KEY = " with " + AnnotationKeys.RUN_ENCLAVE;

    /** Possessive: a long path must not overflow the stack. Without the parts . and .. */
    private static final Pattern IMAGE =
            Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[^/:\\p{Cntrl}]++){2,}+");

    private static final Map<String, Integer> HUGEPAGE_MIB = Map.of("2Mi", 2, "1Gi", 1024);

    /** Of the AWS Nitro Enclaves device plugin, which also provides /dev/nitro_enclaves. */
    private static final String DEVICE = "aws.ec2.nitro/nitro_enclaves";

    /** CPUs for enclaves, which the device plugin from 0.3 advertises if configured to. */
    private static final String CPUS_DEVICE = "aws.ec2.nitro/nitro_enclaves_cpus";

    /** The enclave to start, or null if the annotations name none. */
    static @Nullable EnclaveStart of(Annotations annotations, SidecarSettings settings) {
        String image = annotations.get(AnnotationKeys.RUN_ENCLAVE);
        if (image == null) {
            for (String key : OTHER_KEYS) {
                if (annotations.get(key) != null) {
                    throw PodAnnotation.refused(
                            key, "go with " + AnnotationKeys.RUN_ENCLAVE, annotations.get(key));
                }
            }
            return null;
        }
        String address = annotations.get(AnnotationKeys.ENCLAVE);
        if (address != null) {
            throw PodAnnotation.refused(
                    AnnotationKeys.ENCLAVE, "not go with " + AnnotationKeys.RUN_ENCLAVE, address);
        }
        if (!IMAGE.matcher(image).matches()) {
            throw PodAnnotation.refused(
                    AnnotationKeys.RUN_ENCLAVE,
                    "be the path of a file in a folder, such as /eif/app.eif",
                    image);
        }
        return new EnclaveStart(
                image,
                annotations.get(AnnotationKeys.ENCLAVE_VOLUME),
                number(annotations, AnnotationKeys.ENCLAVE_CPUS, 1, 4096),
                number(annotations, AnnotationKeys.ENCLAVE_MEMORY_MIB, 64, 32 << 20),
                Objects.requireNonNullElse(
                        PodAnnotation.choice(
                                annotations,
                                AnnotationKeys.ENCLAVE_HUGEPAGES,
                                List.of("2Mi", "1Gi")),
                        "2Mi"),
                PodAnnotation.choice(
                        annotations,
                        AnnotationKeys.ENCLAVE_RESTART,
                        List.of("never", "on-failure")),
                debug(annotations, settings),
                flag(
                        annotations,
                        AnnotationKeys.ENCLAVE_CPUS_RESOURCE,
                        settings.enclaveCpusResource()));
    }

    private static int number(Annotations annotations, String key, int min, int max) {
        return PodAnnotation.number(key, annotations.get(key), WITH_KEY, min, max);
    }

    private static boolean flag(Annotations annotations, String key, boolean otherwise) {
        String text = PodAnnotation.choice(annotations, key, List.of("true", "false"));
        return text == null ? otherwise : text.equals("true");
    }

    private static boolean debug(Annotations annotations, SidecarSettings settings) {
        boolean debug = flag(annotations, AnnotationKeys.ENCLAVE_DEBUG, false);
        if (debug && !settings.allowEnclaveDebug()) {
            throw PodAnnotation.refused(
                    AnnotationKeys.ENCLAVE_DEBUG,
                    "be false or left out where webhook.sidecar.allowEnclaveDebug is false: a debug"
                            + " enclave has no attestation",
                    "true");
        }
        return debug;
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

    /** The folder of the image in the sidecar. */
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
