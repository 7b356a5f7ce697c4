package dev.enclavemetrics.kubectl.show;

import dev.enclavemetrics.kubectl.query.UsageList;
import java.util.List;

/** Formats usages as lines of text. */
interface UsageFormat {

    List<String> lines(UsageList usages);
}
