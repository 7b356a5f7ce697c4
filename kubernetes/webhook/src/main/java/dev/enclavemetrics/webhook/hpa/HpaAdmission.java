package dev.enclavemetrics.webhook.hpa;

import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.serving.http.StatusReason;
import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Warnings;
import java.util.List;

/** Translates the metrics of a labelled HPA, and restores them when the label is removed. */
public final class HpaAdmission {

    private final OnUntranslatable onUntranslatable;

    public HpaAdmission(OnUntranslatable onUntranslatable) {
        this.onUntranslatable = onUntranslatable;
    }

    /** The response to the creation or update of an HPA. */
    public AdmissionResponse admit(AdmissionRequest hpa) {
        if (hpa.isBeingDeleted()) {
            return AdmissionResponse.allowed();
        }
        if (!hpa.isManaged()) {
            return hpa.isUpdate()
                    ? new HpaRestoration(hpa).response()
                    : AdmissionResponse.allowed();
        }
        String owner = KedaOwner.of(hpa.object());
        if (owner != null) {
            Warnings warnings = new Warnings(hpa.subject());
            warnings.add(owner);
            return AdmissionResponse.allowed(warnings.list());
        }
        int metrics = hpa.object().path("spec").path("metrics").size();
        if (metrics > MetricsPlan.MAX_METRICS) {
            return AdmissionResponse.refused(
                    StatusReason.INVALID,
                    hpa.fullSubject()
                            + ": spec.metrics must have at most "
                            + MetricsPlan.MAX_METRICS
                            + " entries to be translated, found "
                            + metrics
                            + "; remove some, or the label "
                            + ManagedLabel.KEY,
                    List.of());
        }
        return new HpaTranslation(hpa, onUntranslatable).response();
    }
}
