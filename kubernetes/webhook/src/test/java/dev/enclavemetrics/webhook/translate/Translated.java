package dev.enclavemetrics.webhook.translate;

/** The translation of a text, for tests of what surrounds it. */
public final class Translated {

    private Translated() {}

    public static String text(String text) {
        return YamlTranslation.of("x", text).text();
    }
}
