package dev.enclavemetrics.metricsserver.selector;

import java.util.List;
import java.util.Map;

/** A Kubernetes label selector: requirements that must all hold. */
public final class LabelSelector {

    /** Matches every pod. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    private final List<LabelRequirement> requirements;

    public LabelSelector(List<LabelRequirement> requirements) {
        this.requirements = List.copyOf(requirements);
    }

    /**
     * Parses the text form, such as {@code app=shop,tier in (a,b),!canary,build>41}.
     *
     * @throws IllegalArgumentException that says what was expected where
     */
    public static LabelSelector parse(String text) {
        List<LabelRequirement> requirements = new SelectorParser(text).parse();
        return requirements.isEmpty() ? EVERYTHING : new LabelSelector(requirements);
    }

    public boolean matches(Map<String, String> labels) {
        for (LabelRequirement requirement : requirements) {
            if (!requirement.holds(labels)) {
                return false;
            }
        }
        return true;
    }

    public boolean isEmpty() {
        return requirements.isEmpty();
    }
}
