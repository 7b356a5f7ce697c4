package dev.enclavemetrics.benchmarks;

import dev.enclavemetrics.testing.Chromium;
import dev.enclavemetrics.testing.ChromiumPage;
import java.io.IOException;
import java.util.Map;

/**
 * Measures the first contentful paint of a page in a real browser: {@code FirstPaint URL ROUNDS}
 * prints ms, one line per round. Each round uses a new tab; the browser is warm.
 */
public final class FirstPaint {

    private static final String PAINT =
            "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0";

    private FirstPaint() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments[1]);
        try (Chromium chromium = Chromium.start()) {
            paintMs(chromium, arguments[0]);
            for (int round = 0; round < rounds; round++) {
                System.out.println(paintMs(chromium, arguments[0]));
            }
        }
    }

    private static double paintMs(Chromium chromium, String url)
            throws IOException, InterruptedException {
        ChromiumPage page = chromium.newPage();
        page.go(url);
        page.await("(" + PAINT + ") > 0");
        double ms = page.evaluate(PAINT).asDouble();
        page.command("Page.close", Map.of());
        return ms;
    }
}
