package dev.enclavemetrics.agent.application;

import java.util.List;

/**
 * Which application metrics leave the enclave, and where the agent reads them.
 *
 * @param source the address of the exposition
 * @param metrics at most 16, with different names
 */
public record ApplicationConfig(SourceAddress source, List<Selector> metrics) {

    public ApplicationConfig {
        metrics = List.copyOf(metrics);
    }

    /** The bytes that all metrics together take in a frame at most. */
    public int frameBytes() {
        int bytes = 0;
        for (Selector selector : metrics) {
            bytes += selector.maxFrameBytes();
        }
        return bytes;
    }

    /** Describes what leaves the enclave, for the log. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Selector selector : metrics) {
            text.append(text.length() == 0 ? "" : ", ").append(selector.name());
        }
        return text + " of " + source;
    }
}
