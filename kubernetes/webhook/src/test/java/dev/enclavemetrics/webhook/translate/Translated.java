package dev.enclavemetrics.webhook.translate;

/** Translates a text, for tests of other packages. */
public final class Translated {

    private Translated() {}

    public static String text(String text) {
        return YamlTranslation.of("x", text).text();
    }
}
