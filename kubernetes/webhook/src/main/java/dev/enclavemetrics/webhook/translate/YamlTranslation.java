package dev.enclavemetrics.webhook.translate;

import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.serving.cluster.YamlDocuments;
import dev.enclavemetrics.serving.cluster.YamlJson.UnsuitedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import tools.jackson.databind.JsonNode;

/**
 * Translates the labelled HPAs in a file of YAML or JSON, with one document or several. Only the
 * text that must change is replaced; the rest stays byte for byte, comments included.
 *
 * @param text the file after the translation
 * @param warnings each with its place
 * @param problems each with its place; the rest of the file may be translated
 */
record YamlTranslation(String text, List<String> warnings, List<String> problems) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int MAX_CHARACTERS = 64 << 20;

    /** Reads a text, and collects the edits of its HPAs. */
    private static final class Pass {

        private final String file;
        private final YamlEditor editor;
        private final Set<Node> visited = Collections.newSetFromMap(new IdentityHashMap<>());
        private final List<JsonNode> results = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Pass(String file, String text) {
            this.file = file;
            editor = new YamlEditor(text);
            LoadSettings settings =
                    LoadSettings.builder()
                            .setLabel(file)
                            .setAllowDuplicateKeys(true)
                            .setCodePointLimit(MAX_CHARACTERS)
                            .build();
            try {
                YamlDocuments.of(text, settings).forEachRemaining(this::visit);
            } catch (MarkedYamlEngineException e) {
                int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
                problems.add(
                        file
                                + ":"
                                + line
                                + ": must be YAML or JSON: "
                                + e.getProblem()
                                + "; a template must be rendered first");
            } catch (YamlEngineException e) {
                problems.add(file + ": must be YAML or JSON: " + e.getMessage());
            } catch (UnsuitedException e) {
                problems.add(file + ": " + e.getMessage());
            }
        }

        private void visit(Node document) {
            if (!visited.add(document)) {
                return; // an alias: its text has been translated
            }
            String kind = YamlTree.text(YamlTree.value(document, "kind"));
            switch (kind) {
                case "HorizontalPodAutoscaler" -> hpa(document);
                case "List", "HorizontalPodAutoscalerList" ->
                        YamlTree.items(YamlTree.value(document, "items")).forEach(this::visit);
                default -> {}
            }
        }

        private void hpa(Node node) {
            Node labels = YamlTree.value(YamlTree.value(node, "metadata"), "labels");
            boolean managed =
                    YamlTree.text(YamlTree.value(labels, ManagedLabel.KEY))
                            .equals(ManagedLabel.VALUE);
            String version = YamlTree.text(YamlTree.value(node, "apiVersion"));
            if (!managed || !version.startsWith("autoscaling/")) {
                return;
            }
            String name = YamlTree.text(YamlTree.value(YamlTree.value(node, "metadata"), "name"));
            String place =
                    file + ":" + (YamlTree.start(node).getLine() + 1) + ": HPA " + name + ": ";
            try {
                YamlHpa hpa = new YamlHpa(node, editor);
                hpa.translate();
                hpa.warnings().forEach(warning -> warnings.add(place + warning));
                hpa.problems().forEach(problem -> problems.add(place + problem));
                results.add(hpa.result());
            } catch (UnsuitedException e) {
                problems.add(place + e.getMessage());
            }
        }
    }

    YamlTranslation {
        warnings = List.copyOf(warnings);
        problems = List.copyOf(problems);
    }

    /**
     * Translates a file's text.
     *
     * @param file its name, for messages
     */
    static YamlTranslation of(String file, String text) {
        String mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        String plain = text.substring(mark.length());
        Pass pass = new Pass(file, plain);
        List<TextEdit> edits = pass.editor.edits();
        if (edits.isEmpty()) {
            return new YamlTranslation(text, pass.warnings, pass.problems);
        }
        String edited = TextEdit.apply(plain, edits);
        Pass again = new Pass(file, edited);
        if (!again.results.equals(pass.results) || !again.editor.edits().isEmpty()) {
            // A form of YAML that the editor does not support: no edit is better than a wrong one.
            List<String> problems = new ArrayList<>(pass.problems);
            problems.add(
                    file
                            + ": must be written in a plainer form to be edited in place (no"
                            + " explicit keys with ?, no block scalars in metrics)");
            return new YamlTranslation(text, pass.warnings, problems);
        }
        return new YamlTranslation(mark + edited, pass.warnings, pass.problems);
    }
}
