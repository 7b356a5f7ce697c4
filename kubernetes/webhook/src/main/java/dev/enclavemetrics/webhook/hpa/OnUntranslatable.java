package dev.enclavemetrics.webhook.hpa;

/** What happens to an HPA with a cpu or memory metric that has no translation. */
public enum OnUntranslatable {
    /** Refuse the HPA: as it is, it would scale by the launcher's usage. */
    REFUSE,
    /** Leave the metric as it is, and warn. */
    WARN
}
