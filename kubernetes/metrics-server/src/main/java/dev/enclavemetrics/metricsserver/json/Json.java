package dev.enclavemetrics.metricsserver.json;

import io.vertx.core.buffer.Buffer;
import java.io.OutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON with Jackson. */
public final class Json {

    private static final int MAX_DEPTH = 64;
    private static final int FIRST_BYTES = 512;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .build())
                    .build();
    private static final ObjectWriter COMPACT = MAPPER.writer();

    /** The layout of kube-apiserver. */
    private static final ObjectWriter PRETTY =
            MAPPER.writer()
                    .with(
                            new DefaultPrettyPrinter(
                                            Separators.createDefaultInstance()
                                                    .withObjectNameValueSpacing(
                                                            Separators.Spacing.AFTER)
                                                    .withObjectEmptySeparator("")
                                                    .withArrayEmptySeparator(""))
                                    .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));

    private Json() {}

    /** Writes an object with these fields into a buffer. */
    public static Buffer object(boolean pretty, Consumer<JsonGenerator> fields) {
        Buffer bytes = Buffer.buffer(FIRST_BYTES);
        try (JsonGenerator json =
                (pretty ? PRETTY : COMPACT).createGenerator(new ToBuffer(bytes))) {
            json.writeStartObject();
            fields.accept(json);
            json.writeEndObject();
        }
        return bytes;
    }

    /** Avoids copies of a long list. */
    private static final class ToBuffer extends OutputStream {
        private final Buffer bytes;

        ToBuffer(Buffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int b) {
            bytes.appendByte((byte) b);
        }

        @Override
        public void write(byte[] source, int from, int count) {
            bytes.appendBytes(source, from, count);
        }
    }

    /** The same, pretty-printed. */
    public static byte[] pretty(byte[] json) {
        return PRETTY.writeValueAsBytes(MAPPER.readTree(json));
    }

    public static byte[] bytes(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Reads one JSON value.
     *
     * @throws tools.jackson.core.JacksonException if it is not JSON
     */
    public static JsonNode read(byte[] bytes) {
        return MAPPER.readTree(bytes);
    }
}
