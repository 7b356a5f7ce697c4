package dev.enclavemetrics.webhook;

/** What happens to an HPA with a cpu or memory metric that has no translation. */
enum OnUntranslatable {
    /** It is refused: left alone, it would scale by the launcher's usage. */
    REFUSE,
    /** That metric is left alone, with a warning. */
    WARN
}
