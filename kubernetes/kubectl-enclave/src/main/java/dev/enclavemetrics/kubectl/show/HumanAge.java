package dev.enclavemetrics.kubectl.show;

import java.time.Duration;

/** Ages as kubectl writes them. */
final class HumanAge {

    private HumanAge() {}

    static String of(Duration age) {
        long seconds = age.toSeconds();
        if (seconds < -1) {
            return "<invalid>"; // the clocks differ; kubectl writes the same
        }
        if (seconds < 120) {
            return Math.max(0, seconds) + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return twoUnits(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return twoUnits(hours, "h", minutes % 60, "m");
        }
        return hours < 48 ? hours + "h" : hours / 24 + "d";
    }

    private static String twoUnits(long large, String unit, long small, String smallUnit) {
        return small == 0 ? large + unit : large + unit + small + smallUnit;
    }
}
