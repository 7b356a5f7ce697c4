package dev.enclavemetrics.serving.cluster;

import dev.enclavemetrics.serving.cluster.YamlJson.UnsuitedException;
import java.util.NoSuchElementException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads the documents of a text as nodes, with a limit on the levels. Without it the library would
 * overflow the stack; an error there may leave classes unusable for the rest of the process.
 */
public final class YamlDocuments {

    /** More levels than any Kubernetes object has, and the same limit as in the JSON parser. */
    private static final int MAX_LEVELS = 500;

    private YamlDocuments() {}

    /** Returns the documents; each is composed on demand. */
    public static Composer of(String text, LoadSettings settings) {
        return new Composer(
                settings,
                new BoundedParser(new ParserImpl(settings, new StreamReader(settings, text))));
    }

    private static final class BoundedParser implements Parser {

        private final Parser parser;
        private int levels;

        BoundedParser(Parser parser) {
            this.parser = parser;
        }

        @Override
        public Event next() {
            if (!parser.hasNext()) {
                throw new NoSuchElementException("the text has no more events");
            }
            Event event = parser.next();
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> levels++;
                case SequenceEnd, MappingEnd -> levels--;
                default -> {}
            }
            if (levels > MAX_LEVELS) {
                throw new UnsuitedException(
                        "must have at most "
                                + MAX_LEVELS
                                + " levels, found more in line "
                                + (event.getStartMark().map(Mark::getLine).orElse(0) + 1)
                                + "; flatten it");
            }
            return event;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }
    }
}
