package dev.enclavemetrics.kubectl.show;

import dev.enclavemetrics.kubectl.query.UsageList;
import java.util.List;

/** Tables for tests of their content. */
public final class Tables {

    private Tables() {}

    /** Returns a wide table without namespaces and headers. */
    public static List<String> wide(UsageList usages) {
        return new UsageTable(new UsageTable.Layout(false, true, List.of(), false)).lines(usages);
    }
}
