package dev.enclavemetrics.benchmarks;

import dev.enclavemetrics.benchmarks.SoakCounts.Verdict;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the responses of a soak run: a missing value is acceptable, an old value or another
 * enclave's value is not.
 */
final class SoakAnswers {

    /** Simulated pods whose launchers are real. */
    static final int[] REAL_SLOTS = {18, 38};

    /** The window, plus a suspended agent's gap in it, plus the maximum age of a value. */
    private static final long LAUNCHER_LOOK_BACK_MS = 50_000;

    /** In addition, the three periods for which the metrics server keeps a value. */
    private static final long SERVER_LOOK_BACK_MS = LAUNCHER_LOOK_BACK_MS + 50_000;

    /** The minimum of points for 80 live pods of 100; pods that are being replaced have none. */
    private static final int MIN_POINTS = 72;

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int MILLI = 1000;
    private static final Pattern USAGES =
            Pattern.compile(
                    "\\{\"nitro_enclave_cpu_usage\":([0-9.]+),"
                            + "\"nitro_enclave_memory_usage\":([0-9.]+),.*");

    private final KnownUsage usage;

    SoakAnswers(KnownUsage usage) {
        this.usage = usage;
    }

    Verdict ofLauncher(HttpResponse<String> answer) {
        if (answer.statusCode() == UNAVAILABLE) {
            return Verdict.UNAVAILABLE;
        }
        Matcher usages = USAGES.matcher(answer.body());
        boolean right =
                answer.statusCode() == OK
                        && usages.matches()
                        && usage.isRight(milli(usages.group(1)), LAUNCHER_LOOK_BACK_MS)
                        && milli(usages.group(2)) == KnownUsage.MEMORY_MILLI;
        return right ? Verdict.RIGHT : wrong(answer.body());
    }

    private static int milli(String usage) {
        return (int) Math.round(Double.parseDouble(usage) * MILLI);
    }

    static Verdict withoutValue(HttpResponse<String> answer) {
        return answer.statusCode() == UNAVAILABLE ? Verdict.RIGHT : wrong(answer.body());
    }

    static Verdict review(HttpResponse<String> answer) {
        return WebhookLoad.isPatch(answer) ? Verdict.RIGHT : wrong(answer.body());
    }

    /** The metrics server's points of CPU usage by pod, in thousandths. */
    Verdict points(Map<String, Integer> points) {
        for (Map.Entry<String, Integer> point : points.entrySet()) {
            if (!isRight(SimulatedPod.slotOf(point.getKey()), point.getValue())) {
                return wrong(point.toString());
            }
        }
        return points.size() < MIN_POINTS ? Verdict.UNAVAILABLE : Verdict.RIGHT;
    }

    private boolean isRight(int slot, int milli) {
        if (Arrays.stream(REAL_SLOTS).anyMatch(real -> real == slot)) {
            return usage.isRight(milli, SERVER_LOOK_BACK_MS);
        }
        return LauncherKind.of(slot).live() && milli == SimulatedPod.cpuMilli(slot);
    }

    private static Verdict wrong(String answer) {
        System.err.println("a wrong answer: " + answer);
        return Verdict.WRONG;
    }
}
