package dev.enclavemetrics.webhook.admission;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON, with limits on depth and size. */
public final class Json {

    // Kubernetes' own objects have fewer than 30 levels, managed fields included.
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME_CHARACTERS = 10_000;
    private static final int MAX_NUMBER_CHARACTERS = 100;
    private static final int MAX_STRING_CHARACTERS = 1 << 21;

    /**
     * A limit on bytes alone would not bound memory: a token may take 2 bytes of a review, and
     * takes up to 100 bytes as a node. An HPA with 1,000 metrics has 30,000 tokens.
     */
    private static final long MAX_TOKENS = 150_000;

    public static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNameLength(MAX_NAME_CHARACTERS)
                                                    .maxNumberLength(MAX_NUMBER_CHARACTERS)
                                                    .maxTokenCount(MAX_TOKENS)
                                                    .maxStringLength(MAX_STRING_CHARACTERS)
                                                    .build())
                                    .build())
                    .build();

    private Json() {}
}
