package dev.enclavemetrics.webhook;

import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.serving.YamlJson.UnsuitedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import tools.jackson.databind.JsonNode;

/**
 * Translates the labelled HPAs in a file of YAML or JSON, of one document or several. Only the
 * words that change are written anew; everything else stays byte for byte, comments within the
 * metrics among it.
 *
 * @param text the file after the translation
 * @param warnings each with its place
 * @param problems each with its place; there may be a translation all the same, of the rest
 */
record YamlTranslation(String text, List<String> warnings, List<String> problems) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int MAX_CHARACTERS = 64 << 20;

    /** One reading of a text. */
    private static final class Reading {

        private final String file;
        private final YamlEditor editor;
        private final Set<Node> visited = Collections.newSetFromMap(new IdentityHashMap<>());
        private final List<JsonNode> results = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Reading(String file, String text) {
            this.file = file;
            editor = new YamlEditor(text);
            LoadSettings settings =
                    LoadSettings.builder()
                            .setLabel(file)
                            .setAllowDuplicateKeys(true)
                            .setCodePointLimit(MAX_CHARACTERS)
                            .build();
            try {
                new Compose(settings).composeAllFromString(text).forEach(this::visit);
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
            } catch (StackOverflowError e) {
                problems.add(file + ": must be nested less deep to be read");
            }
        }

        private void visit(Node document) {
            if (!visited.add(document)) {
                return; // an alias: the text that it stands for is translated already
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
        Reading reading = new Reading(file, plain);
        List<TextEdit> edits = reading.editor.edits();
        if (edits.isEmpty()) {
            return new YamlTranslation(text, reading.warnings, reading.problems);
        }
        String edited = TextEdit.apply(plain, edits);
        Reading again = new Reading(file, edited);
        if (!again.results.equals(reading.results) || !again.editor.edits().isEmpty()) {
            // YAML has more forms than anyone writes; better none than a wrong one.
            List<String> problems = new ArrayList<>(reading.problems);
            problems.add(
                    file
                            + ": must be written in a plainer form to be edited in place (no"
                            + " explicit keys with ?, no block scalars in metrics)");
            return new YamlTranslation(text, reading.warnings, problems);
        }
        return new YamlTranslation(mark + edited, reading.warnings, reading.problems);
    }
}
