package dev.enclavemetrics.webhook;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** The one reader and writer of JSON, bounded in depth and size whatever it is given. */
final class Json {

    // Kubernetes' own objects are below 30 levels, managed fields included.
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME_CHARACTERS = 10_000;
    private static final int MAX_NUMBER_CHARACTERS = 100;
    private static final int MAX_STRING_CHARACTERS = 1 << 21;

    /**
     * Each takes up to a hundred bytes as a node, and some take two bytes in a review: by its bytes
     * alone, memory would not be bounded. An HPA with 1,000 metrics has 30,000.
     */
    private static final long MAX_TOKENS = 150_000;

    static final JsonMapper MAPPER =
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
