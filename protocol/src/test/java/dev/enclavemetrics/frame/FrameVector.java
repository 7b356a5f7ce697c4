package dev.enclavemetrics.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A test vector from {@code src/test/resources/frames}: the fields of a frame, and its bytes. */
final class FrameVector {

    private static final Path FOLDER = Path.of("src/test/resources/frames");
    private static final int HEX_CHARS = 3 * 8 - 1;

    private final String name;
    private final Map<String, String> fields = new HashMap<>();
    private final byte[] bytes;

    private FrameVector(Path file) throws IOException {
        name = file.getFileName().toString().replace(".txt", "");
        StringBuilder hex = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            if (line.matches("([0-9A-F]{2} )+ .*")) {
                hex.append(line.substring(0, HEX_CHARS).replace(" ", ""));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                String[] field = line.split(" +", 2);
                fields.put(field[0], field[1]);
            }
        }
        bytes = HexFormat.of().parseHex(hex);
    }

    static List<FrameVector> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .map(FrameVector::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FrameVector read(Path file) {
        try {
            return new FrameVector(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean malformed() {
        return fields.containsKey("error");
    }

    /**
     * Returns whether our encoder must produce these bytes: they are of this version, and it can
     * set all fields.
     */
    boolean encoded() {
        return extended()
                && !malformed()
                && !name.equals("longer-extended")
                && !name.equals("application-negative-zero");
    }

    /** Returns whether the frame is from an agent that sends health metrics. */
    private boolean extended() {
        return fields.containsKey("ending");
    }

    byte[] bytes() {
        return bytes.clone();
    }

    String text(String field) {
        String value = fields.get(field);
        if (value == null) {
            throw new IllegalStateException(name + ".txt must have the field " + field);
        }
        return value;
    }

    long number(String field) {
        return Long.decode(text(field));
    }

    double usage(String field) {
        return Double.parseDouble(text(field));
    }

    boolean flag(String field) {
        return text(field).equals("yes");
    }

    List<Long> cpuTimeMs() {
        return Stream.of("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal")
                .map(mode -> number("cpu_time_" + mode + "_ms"))
                .toList();
    }

    /** Returns the record that a decoder must return. */
    MetricsFrame frame() {
        return new MetricsFrame(
                number("sequence"),
                number("uptime_ns"),
                (int) number("interval_ms"),
                number("window_ms"),
                usage("cpu_usage"),
                usage("memory_usage"),
                usage("busiest_core_usage"),
                (int) number("cores_online"),
                flag("in_memory_root"),
                flag("coarse_resolution"),
                number("memory_total_bytes"),
                number("memory_available_bytes"),
                number("filesystem_bytes"),
                cpuTimeMs(),
                extended() ? health() : Map.of(),
                extended() ? ending() : null,
                application());
    }

    private Map<HealthField, Long> health() {
        Map<HealthField, Long> health = new EnumMap<>(HealthField.class);
        for (HealthField field : HealthField.ALL) {
            String key = "health_" + field.name().toLowerCase(Locale.ROOT);
            if (!text(key).equals("unknown")) {
                health.put(field, number(key));
            }
        }
        return health;
    }

    private @Nullable Ending ending() {
        String[] ending = text("ending").split(" ", -1);
        return ending[0].equals("none")
                ? null
                : new Ending(
                        Ending.Kind.valueOf(ending[0].toUpperCase(Locale.ROOT)),
                        Integer.parseInt(ending[1]));
    }

    private List<ApplicationMetric> application() {
        List<ApplicationMetric> metrics = new ArrayList<>();
        while (fields.containsKey("application_" + (metrics.size() + 1))) {
            String[] metric = text("application_" + (metrics.size() + 1)).split(" ", -1);
            metrics.add(new ApplicationMetric(metric[0], Double.parseDouble(metric[1])));
        }
        return metrics;
    }

    /** Returns the encoder's output for the fields. */
    byte[] encode() {
        FrameEncoder encoder =
                new FrameEncoder((int) number("application_bytes"))
                        .sequence(number("sequence"))
                        .uptimeNs(number("uptime_ns"))
                        .intervalMs((int) number("interval_ms"))
                        .windowMs(number("window_ms"))
                        .cpuUsage(usage("cpu_usage"))
                        .memoryUsage(usage("memory_usage"))
                        .busiestCoreUsage(usage("busiest_core_usage"))
                        .coresOnline((int) number("cores_online"))
                        .flags(flag("in_memory_root"), flag("coarse_resolution"))
                        .memoryTotalBytes(number("memory_total_bytes"))
                        .memoryAvailableBytes(number("memory_available_bytes"))
                        .filesystemBytes(number("filesystem_bytes"));
        List<Long> cpuTimeMs = cpuTimeMs();
        for (int mode = 0; mode < cpuTimeMs.size(); mode++) {
            encoder.cpuTimeMs(mode, cpuTimeMs.get(mode));
        }
        health().forEach((field, value) -> encoder.health(field.index(), value));
        Ending ending = ending();
        if (ending != null) {
            encoder.ending(ending);
        }
        for (ApplicationMetric metric : application()) {
            encoder.application(metric.name().getBytes(StandardCharsets.US_ASCII), metric.value());
        }
        return encoder.finish().clone();
    }

    @Override
    public String toString() {
        return name;
    }
}
