package dev.enclavemetrics.kubectl.show;

import dev.enclavemetrics.kubectl.query.UsageList;
import dev.enclavemetrics.kubectl.show.DisplayOptions.Format;
import java.time.Duration;
import java.util.List;

/** Tables for tests of their content. */
public final class Tables {

    private Tables() {}

    /** Returns a wide table without namespaces and headers. */
    public static List<String> wide(UsageList usages) {
        return of(false, true, List.of(), false).lines(usages);
    }

    static UsageTable of(boolean namespaces, boolean wide, List<String> metrics, boolean headers) {
        Format format = wide ? Format.WIDE : Format.TABLE;
        return new UsageTable(
                new DisplayOptions(format, namespaces, metrics, headers, false, Duration.ZERO));
    }
}
