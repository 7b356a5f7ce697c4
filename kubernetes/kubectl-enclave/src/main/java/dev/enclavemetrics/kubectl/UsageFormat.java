package dev.enclavemetrics.kubectl;

import java.util.List;

/** How usages are written. */
interface UsageFormat {

    List<String> lines(Usages usages);
}
