package dev.enclavemetrics.metricsserver.watch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.enclavemetrics.metricsserver.store.Reason;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the kubelet reports of a container, as in the Kubernetes API. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ContainerStatus(@Nullable String name, @Nullable State state, @Nullable State lastState) {

    /** What every container waits for at its start. */
    private static final Set<String> USUAL = Set.of("ContainerCreating", "PodInitializing");

    private static final Pattern WORD = Pattern.compile("[A-Z][A-Za-z0-9]{0,39}");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\s\\p{Cntrl}]+");

    /** As in the Kubernetes API; a running container has neither. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record State(@Nullable Waiting waiting, @Nullable Terminated terminated) {}

    /** As in the Kubernetes API. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Waiting(@Nullable String reason, @Nullable String message) {}

    /** As in the Kubernetes API. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Terminated(
            @Nullable Integer exitCode, @Nullable String reason, @Nullable String message) {

        boolean failed() {
            return exitCode != null && exitCode != 0;
        }

        String text() {
            String text = word(reason) + ", exit code " + exitCode;
            return message == null || message.isBlank() ? text : text + ": " + message;
        }
    }

    /**
     * Why the container does not run, in the kubelet's word; null if it runs, has completed, or is
     * being created.
     */
    @Nullable Reason problem() {
        Waiting waiting = state == null ? null : state.waiting();
        if (waiting != null && waiting.reason() != null && !USUAL.contains(waiting.reason())) {
            Terminated last = lastState == null ? null : lastState.terminated();
            // After an exit the kubelet's message only says how long it waits.
            return problem(waiting.reason(), last == null ? waiting.message() : last.text());
        }
        Terminated terminated = state == null ? null : state.terminated();
        return terminated != null && terminated.failed()
                ? problem(terminated.reason(), terminated.text())
                : null;
    }

    private Reason problem(@Nullable String reason, @Nullable String text) {
        return reason(reason, "container " + name + (text == null ? "" : ": " + text));
    }

    /** A reason of the kubelet or the scheduler; its text may be from a program, in many lines. */
    static Reason reason(@Nullable String word, String text) {
        return new Reason(word(word), oneLine(text));
    }

    static String oneLine(String text) {
        return NOT_PRINTABLE.matcher(text).replaceAll(" ").strip();
    }

    private static String word(@Nullable String word) {
        return word != null && WORD.matcher(word).matches() ? word.intern() : "Error";
    }
}
