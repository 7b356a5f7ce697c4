package dev.enclavemetrics.webhook.pod;

import dev.enclavemetrics.contract.AnnotationKeys;
import dev.enclavemetrics.webhook.admission.Annotations;
import dev.enclavemetrics.webhook.admission.Warnings;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * User, CPU and memory of the launcher in one Pod.
 *
 * @param user its UID
 */
record LauncherOptions(int user, SidecarResources resources) {

    static final int ROOT = 0;
    private static final int IMAGE_USER = 65_532;

    /**
     * CPU of a launcher in a Guaranteed Pod, unless an annotation sets it. Such a Pod must have a
     * limit, and with the usual request as its limit the JVM would take minutes to start.
     */
    private static final String GUARANTEED_CPU = "100m";

    /**
     * Reads the annotations.
     *
     * @throws RefusedException that names a bad annotation, its value, and what to write
     */
    static LauncherOptions of(
            PodSpec pod,
            PodEnclave enclave,
            Annotations annotations,
            SidecarSettings settings,
            Warnings warnings) {
        boolean starts = enclave instanceof EnclaveStart;
        SidecarResources resources = resources(pod, starts, annotations, settings.resources());
        requireValid(resources, starts);
        String burstable = resources.notGuaranteed();
        if (pod.isGuaranteed() && burstable != null) {
            warnings.add(
                    "Burstable with the launcher, not Guaranteed; set "
                            + AnnotationKeys.launcherResource(burstable, "limit"));
        }
        return new LauncherOptions(user(annotations, starts), resources);
    }

    private static int user(Annotations annotations, boolean startsEnclave) {
        String text = annotations.get(AnnotationKeys.LAUNCHER_RUN_AS_USER);
        if (startsEnclave && text != null) {
            throw PodAnnotation.refused(
                    AnnotationKeys.LAUNCHER_RUN_AS_USER,
                    "not go with " + AnnotationKeys.RUN_ENCLAVE + ", which needs root",
                    text);
        }
        if (text == null) {
            return startsEnclave ? ROOT : IMAGE_USER;
        }
        return PodAnnotation.number(
                AnnotationKeys.LAUNCHER_RUN_AS_USER, text, "", 0, Integer.MAX_VALUE);
    }

    private static SidecarResources resources(
            PodSpec pod,
            boolean startsEnclave,
            Annotations annotations,
            SidecarResources settings) {
        SortedMap<String, String> requests = new TreeMap<>();
        SortedMap<String, String> limits = new TreeMap<>();
        for (String name : SidecarResources.NAMES) {
            String request = annotated(annotations, name, "request");
            String limit = annotated(annotations, name, "limit");
            // nitro-cli reads each section of an image as a whole (eif_reader.rs), however large.
            boolean unlimited = startsEnclave && name.equals(SidecarResources.MEMORY);
            String usualRequest = pod.hasOwn(name) ? null : settings.requests().get(name);
            String usualLimit = pod.hasOwn(name) || unlimited ? null : settings.limits().get(name);
            String both = first(limit, request);
            if (pod.isGuaranteed() && (both != null || !unlimited)) {
                String usual =
                        name.equals(SidecarResources.CPU)
                                ? SidecarResources.larger(GUARANTEED_CPU, usualRequest)
                                : usualRequest;
                both = first(both, first(usualLimit, usual));
                usualRequest = both;
                usualLimit = both;
            }
            put(requests, name, first(request, usualRequest));
            put(limits, name, first(limit, usualLimit));
        }
        return new SidecarResources(requests, limits);
    }

    private static @Nullable String annotated(Annotations annotations, String name, String side) {
        String text = annotations.get(AnnotationKeys.launcherResource(name, side));
        if (text != null && !SidecarResources.form(name).matcher(text).matches()) {
            throw PodAnnotation.refused(
                    AnnotationKeys.launcherResource(name, side),
                    "be a quantity such as "
                            + (name.equals(SidecarResources.CPU) ? "100m" : "128Mi")
                            + " or none",
                    text);
        }
        return text;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static void put(SortedMap<String, String> values, String name, @Nullable String value) {
        if (value != null && !value.equals(SidecarSettings.NONE)) {
            values.put(name, value);
        }
    }

    private static void requireValid(SidecarResources resources, boolean startsEnclave) {
        String above = resources.aboveItsLimit();
        if (above != null) {
            throw PodAnnotation.refused(
                    AnnotationKeys.launcherResource(above, "request"),
                    "not be above the limit, "
                            + resources.limits().get(above)
                            + " (annotation "
                            + AnnotationKeys.launcherResource(above, "limit")
                            + ")",
                    resources.requests().get(above));
        }
        if (startsEnclave && !resources.goWithHugepages()) {
            throw PodAnnotation.refused(
                    AnnotationKeys.launcherResource(SidecarResources.CPU, "request"),
                    "be given with "
                            + AnnotationKeys.RUN_ENCLAVE
                            + ", or the one for memory: Kubernetes accepts no hugepages without",
                    SidecarSettings.NONE);
        }
    }
}
