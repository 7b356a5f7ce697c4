package dev.enclavemetrics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaRangeTest {

    private static List<String> types(String... headers) {
        return MediaRange.parse(List.of(headers)).stream().map(MediaRange::type).toList();
    }

    @Test
    void parsesTypeParametersAndQuality() {
        assertThat(
                        MediaRange.parse(
                                List.of(
                                        "Text/Plain ; Version=\"0.0.4\";x=\"a,b;q=0\"; Q=0.5,"
                                                + " a/*")))
                .containsExactly(
                        new MediaRange(
                                "text/plain", Map.of("version", "0.0.4", "x", "a,b;q=0"), 0.5),
                        new MediaRange("a/*", Map.of(), 1));
    }

    @Test
    void keepsTypesThatAreNotAcceptable() {
        assertThat(MediaRange.parse(List.of("text/plain;q=0")))
                .containsExactly(new MediaRange("text/plain", Map.of(), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"high", "2", "-1", "1.0000", "NaN", ""})
    void leavesOutARangeWithAMalformedQuality(String quality) {
        assertThat(types("a/b;q=" + quality + ",c/d")).containsExactly("c/d");
    }

    @Test
    void readsNoMoreRangesThanItsBoundHoweverTheyAreSpread() {
        String others = "image/png,".repeat(MediaRange.MAX_RANGES - 1);

        assertThat(types(others + "a/b")).contains("a/b");
        assertThat(types(others, "a/b")).doesNotContain("a/b"); // others ends with an empty range
        assertThat(types("image/png," + others + "a/b")).doesNotContain("a/b");
        assertThat(types("image/png," + others + "\"".repeat(999))).doesNotContain("\"");
    }

    @Test
    void readsNoMorePartsOfARangeThanItsBound() {
        String others = ";x=1".repeat(MediaRange.MAX_PARTS - 2); // the type counts as a part too

        assertThat(MediaRange.parse(List.of("a/b" + others + ";q=0")).get(0).quality()).isZero();
        assertThat(MediaRange.parse(List.of("a/b" + others + ";x=1;q=0")).get(0).quality())
                .isEqualTo(1);
    }
}
