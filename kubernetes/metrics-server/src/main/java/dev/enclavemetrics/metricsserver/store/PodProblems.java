package dev.enclavemetrics.metricsserver.store;

import org.jspecify.annotations.Nullable;

/**
 * What keeps a pod or its containers from running, by its status.
 *
 * @param ofAny the first problem; null if there is none
 * @param ofLauncher why the launcher's container does not run; null if it does, or is not known
 * @param unready why the pod is not Ready, as the condition says; may be empty
 */
public record PodProblems(@Nullable Reason ofAny, @Nullable Reason ofLauncher, String unready) {

    public static final PodProblems NONE = new PodProblems(null, null, "");
}
