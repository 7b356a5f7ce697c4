package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.contract.ManagedLabel;

/** Looks once, or again and again. */
final class TopCommand {

    private final TopArguments arguments;
    private final ProcessContext surroundings;
    private final Kubectl kubectl;
    private final UsageSource source;

    TopCommand(TopArguments arguments, ProcessContext surroundings, Kubectl kubectl) {
        this.arguments = arguments;
        this.surroundings = surroundings;
        this.kubectl = kubectl;
        boolean nodes = arguments.output() == TopArguments.Output.WIDE;
        source = new UsageSource(kubectl, nodes, surroundings.clock());
    }

    /** Gives the exit code. */
    int run() {
        Selection selection;
        Usages usages;
        try {
            selection = selection();
            usages = read(selection);
        } catch (KubectlException e) {
            if (arguments.watch() && e.isInterrupted()) {
                return KubectlEnclave.OK;
            }
            surroundings.messages().println(Log.oneLine("error: " + e.getMessage()));
            return KubectlEnclave.FAILED;
        }
        Display display = display(whenEmpty(selection));
        display.show(usages);
        if (!arguments.watch() && display.isGone()) {
            surroundings.messages().println("error: the output cannot be written");
            return KubectlEnclave.FAILED;
        }
        while (arguments.watch() && !display.isGone()) {
            surroundings.pause().accept(arguments.interval());
            try {
                display.show(read(selection));
            } catch (KubectlException e) {
                if (!e.isInterrupted()) { // then this process has got the signal too
                    display.fail(e.getMessage());
                }
            }
        }
        return KubectlEnclave.OK;
    }

    private Usages read(Selection selection) throws KubectlException {
        return source.read(selection).sorted(arguments.comparator());
    }

    private Selection selection() throws KubectlException {
        String namespace = null;
        if (!arguments.everywhere()) {
            String named = arguments.namespace();
            namespace =
                    named == null
                            ? CurrentNamespace.of(kubectl, surroundings.podNamespace())
                            : named;
        }
        return Selection.of(namespace, arguments.labels());
    }

    private String whenEmpty(Selection selection) {
        String namespace = selection.namespace();
        return "No confidential pods found"
                + (namespace == null ? "" : " in " + namespace + " namespace")
                + (arguments.labels().isBlank() ? "" : " with the labels " + arguments.labels())
                + ": they need the label "
                + ManagedLabel.SELECTOR;
    }

    private Display display(String whenEmpty) {
        UsageFormat format = arguments.format();
        boolean json = arguments.output() == TopArguments.Output.JSON;
        Terminal terminal = surroundings.terminal();
        return arguments.watch() && !json && terminal != null
                ? new Screen(
                        format,
                        whenEmpty,
                        arguments.interval(),
                        surroundings.clock(),
                        terminal,
                        surroundings.results())
                : new Rounds(
                        format,
                        json ? "" : whenEmpty,
                        arguments.watch() && !json,
                        surroundings.results(),
                        surroundings.messages());
    }
}
