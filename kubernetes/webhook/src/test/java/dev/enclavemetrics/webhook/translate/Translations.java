package dev.enclavemetrics.webhook.translate;

import static org.assertj.core.api.Assertions.assertThat;

/** Translates files for tests, and checks that a second translation changes nothing. */
final class Translations {

    /** The beginning of a labelled HPA. */
    static final String HEAD =
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: nginx, labels: {nitro.k8s.anjuna.io/managed: "yes"}}
            """;

    private Translations() {}

    static YamlTranslation translation(String text) {
        YamlTranslation once = YamlTranslation.of("hpa.yaml", text);
        YamlTranslation twice = YamlTranslation.of("hpa.yaml", once.text());
        assertThat(twice.text()).isEqualTo(once.text());
        return once;
    }

    static String translated(String text) {
        YamlTranslation translation = translation(text);
        assertThat(translation.problems()).isEmpty();
        return translation.text();
    }
}
