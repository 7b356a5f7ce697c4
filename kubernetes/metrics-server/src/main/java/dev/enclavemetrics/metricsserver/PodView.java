package dev.enclavemetrics.metricsserver;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A watched pod as a reader sees it now: its live point, or in words why there is none.
 *
 * @param ready the pod's condition Ready
 * @param reason one CamelCase word, such as Fresh, NotReady or ConnectTimeout
 * @param message more of it, or empty; of a fresh point, what went wrong since
 */
record PodView(
        String namespace,
        String name,
        Map<String, String> labels,
        boolean ready,
        @Nullable Point point,
        String reason,
        String message) {}
