package dev.enclavemetrics.benchmarks;

import dev.enclavemetrics.benchmarks.SimulatedPod.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod as kube-apiserver writes it, from the template {@code simulated-pod.json}. The template is
 * split at its {@code ${names}} once, so that 20,000 pods cost little.
 */
final class PodJson {

    private static final String RESOURCE = "simulated-pod.json";

    private final Map<Phase, List<String>> pieces = new EnumMap<>(Phase.class);

    PodJson() {
        try (InputStream file = PodJson.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException(RESOURCE + " must be beside this class");
            }
            ObjectNode pod = (ObjectNode) JsonMapper.shared().readTree(file);
            pieces.put(Phase.TERMINATING, cut(pod.toString()));
            ObjectNode metadata = (ObjectNode) pod.get("metadata");
            metadata.remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds"));
            pieces.put(Phase.RUNNING, cut(pod.toString()));
            ObjectNode status = (ObjectNode) pod.get("status");
            status.remove(List.of("podIP", "podIPs", "containerStatuses", "conditions"));
            status.put("phase", "Pending");
            pieces.put(Phase.PENDING, cut(pod.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Splits at the names: text and names alternate, starting with text. */
    private static List<String> cut(String json) {
        List<String> cut = new ArrayList<>();
        int from = 0;
        for (int at = json.indexOf("${"); at >= 0; at = json.indexOf("${", from)) {
            int end = json.indexOf('}', at);
            cut.add(json.substring(from, at));
            cut.add(json.substring(at + 2, end));
            from = end + 1;
        }
        cut.add(json.substring(from));
        return cut;
    }

    void write(SimulatedPod pod, StringBuilder out) {
        boolean name = false;
        for (String piece : pieces.getOrDefault(pod.phase(), List.of())) {
            out.append(name ? value(pod, piece) : piece);
            name = !name;
        }
    }

    private static String value(SimulatedPod pod, String name) {
        return switch (name) {
            case "name" -> pod.name();
            case "namespace" -> pod.namespace();
            case "app" -> pod.app();
            case "uid" -> pod.uid().toString();
            case "resourceVersion" -> Long.toString(pod.resourceVersion());
            case "started" -> pod.started().truncatedTo(ChronoUnit.SECONDS).toString();
            case "port" -> Integer.toString(pod.kind().port());
            case "node" -> pod.node();
            case "ip" -> pod.address();
            default -> throw new IllegalStateException(RESOURCE + " has an unknown name: " + name);
        };
    }
}
