package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.kubectl.process.Kubectl;
import dev.enclavemetrics.kubectl.process.KubectlException;
import dev.enclavemetrics.kubectl.query.CurrentNamespace;
import dev.enclavemetrics.kubectl.query.Selection;
import dev.enclavemetrics.kubectl.query.UsageList;
import dev.enclavemetrics.kubectl.query.UsageSource;
import dev.enclavemetrics.kubectl.show.Display;
import dev.enclavemetrics.kubectl.show.DisplayOptions;

/** Shows the usages once, or repeatedly. */
final class TopCommand {

    private final TopArguments arguments;
    private final ProcessContext context;
    private final Kubectl kubectl;
    private final UsageSource source;

    TopCommand(TopArguments arguments, ProcessContext context, Kubectl kubectl) {
        this.arguments = arguments;
        this.context = context;
        this.kubectl = kubectl;
        boolean nodes = arguments.display().format() == DisplayOptions.Format.WIDE;
        source =
                new UsageSource(
                        kubectl, nodes, arguments.display().metrics(), context.console().clock());
    }

    /**
     * Runs the command.
     *
     * @return the exit code
     */
    int run() {
        Selection selection;
        UsageList usages;
        try {
            selection = selection();
            usages = read(selection);
        } catch (KubectlException e) {
            if (arguments.display().watch() && e.isInterrupted()) {
                return KubectlEnclave.OK;
            }
            context.console().messages().println(Log.oneLine("error: " + e.getMessage()));
            return KubectlEnclave.FAILED;
        }
        Display display = Display.of(arguments.display(), whenEmpty(selection), context.console());
        display.show(usages);
        if (!arguments.display().watch() && display.isClosed()) {
            context.console().messages().println("error: the output cannot be written");
            return KubectlEnclave.FAILED;
        }
        while (arguments.display().watch() && !display.isClosed()) {
            context.pause().accept(arguments.display().interval());
            try {
                display.show(read(selection));
            } catch (KubectlException e) {
                if (!e.isInterrupted()) { // this process gets the same signal
                    display.fail(e.getMessage());
                }
            }
        }
        return KubectlEnclave.OK;
    }

    private UsageList read(Selection selection) throws KubectlException {
        return source.read(selection).sorted(arguments.comparator());
    }

    private Selection selection() throws KubectlException {
        String namespace = null;
        if (!arguments.display().namespaces()) {
            String named = arguments.namespace();
            namespace =
                    named == null ? CurrentNamespace.of(kubectl, context.podNamespace()) : named;
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
}
