package dev.enclavemetrics.kubectl.show;

import java.time.Duration;
import java.util.List;

/**
 * The format of the output.
 *
 * @param namespaces whether a table has the namespaces
 * @param metrics the names of the application metrics to show
 * @param headers whether a table has the columns' names
 * @param watch whether more than one list will be shown
 * @param interval the time between the lists of a watch
 */
public record DisplayOptions(
        Format format,
        boolean namespaces,
        List<String> metrics,
        boolean headers,
        boolean watch,
        Duration interval) {

    public DisplayOptions {
        metrics = List.copyOf(metrics);
    }

    /** The format of the output. */
    public enum Format {
        TABLE,
        /** A table with nodes and windows. */
        WIDE,
        JSON
    }
}
