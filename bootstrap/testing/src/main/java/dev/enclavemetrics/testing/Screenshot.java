package dev.enclavemetrics.testing;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Takes screenshots of a page: {@code Screenshot URL CONDITION [FILE WIDTH light|dark]...}. It
 * waits until the condition, a JavaScript expression, is true in the page.
 */
public final class Screenshot {

    private static final int HEIGHT = 800;

    private Screenshot() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Chromium chromium = Chromium.start()) {
            for (int i = 2; i + 2 < arguments.length; i += 3) {
                ChromiumPage page = chromium.newPage();
                int width = Integer.parseInt(arguments[i + 1]);
                page.show(width, HEIGHT, arguments[i + 2].equals("dark"));
                page.go(arguments[0]);
                page.await(arguments[1]);
                page.screenshot(Path.of(arguments[i]));
            }
        }
    }
}
