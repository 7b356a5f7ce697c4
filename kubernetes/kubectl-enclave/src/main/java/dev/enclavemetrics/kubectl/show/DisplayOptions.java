package dev.enclavemetrics.kubectl.show;

import java.time.Duration;

/**
 * What the output looks like.
 *
 * @param namespaces whether a table has the namespaces
 * @param headers whether a table has the columns' names
 * @param watch whether more than one list will be shown
 * @param interval between the lists of a watch
 */
public record DisplayOptions(
        Format format, boolean namespaces, boolean headers, boolean watch, Duration interval) {

    /** The format of the output. */
    public enum Format {
        TABLE,
        /** A table with nodes and windows. */
        WIDE,
        JSON
    }
}
