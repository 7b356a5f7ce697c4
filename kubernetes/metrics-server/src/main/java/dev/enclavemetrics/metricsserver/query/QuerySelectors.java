package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.metricsserver.request.ApiTarget;
import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.metricsserver.selector.LabelSelector;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;

/**
 * A query's selectors, validated.
 *
 * @param labels selects pods
 * @param metricLabels selects series of the metric; ours have no labels
 * @param metricText the text of metricLabels, for messages
 */
record QuerySelectors(LabelSelector labels, LabelSelector metricLabels, String metricText) {

    private static final String FIELDS = "fieldSelector";
    private static final String NAME_IS = "metadata.name=";

    /**
     * @throws RefusedException that names the invalid parameter
     */
    static QuerySelectors of(MetricPath path, ApiTarget target) {
        String fields = target.parameter(FIELDS).replace("==", "=");
        if (!fields.isEmpty() && !fields.equals(NAME_IS + path.name())) {
            throw new RefusedException(
                    StatusReason.BAD_REQUEST,
                    FIELDS
                            + " must be left out, or be "
                            + NAME_IS
                            + path.name()
                            + ", found "
                            + fields);
        }
        return new QuerySelectors(
                selector(target, "labelSelector"),
                selector(target, "metricLabelSelector"),
                target.parameter("metricLabelSelector"));
    }

    private static LabelSelector selector(ApiTarget target, String parameter) {
        try {
            return LabelSelector.parse(target.parameter(parameter));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(StatusReason.BAD_REQUEST, parameter + ": " + e.getMessage());
        }
    }
}
