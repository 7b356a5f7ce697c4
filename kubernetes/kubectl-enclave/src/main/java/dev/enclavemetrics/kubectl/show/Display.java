package dev.enclavemetrics.kubectl.show;

import dev.enclavemetrics.kubectl.query.UsageList;

/** Shows usages, once or repeatedly. */
public interface Display {

    /**
     * The display for these options: in place on a terminal in a watch, else one list after the
     * other.
     *
     * @param whenEmpty the message if there are no pods
     */
    static Display of(DisplayOptions options, String whenEmpty, Console console) {
        boolean json = options.format() == DisplayOptions.Format.JSON;
        UsageFormat format = json ? new UsageJson(options.watch()) : new UsageTable(options);
        Terminal terminal = console.terminal();
        if (options.watch() && !json && terminal != null) {
            return new TerminalDisplay(
                    format,
                    whenEmpty,
                    options.interval(),
                    console.clock(),
                    terminal,
                    console.results());
        }
        return new StreamDisplay(
                format,
                json ? "" : whenEmpty,
                options.watch() && !json,
                console.results(),
                console.messages());
    }

    /** Shows a list. */
    void show(UsageList usages);

    /** Shows an error in place of a list. */
    void fail(String message);

    /** Whether output can no longer be written. */
    boolean isClosed();
}
