package dev.enclavemetrics.webhook.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Files to translate: a second translation must change nothing. */
class TranslationFuzzTest {

    @TestFactory
    Stream<DynamicTest> corpus() {
        return Corpus.tests(TranslationFuzzTest.class, TranslationFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        YamlTranslation translation = YamlTranslation.of("hpa.yaml", text);
        assertThat(YamlTranslation.of("hpa.yaml", translation.text()).text())
                .isEqualTo(translation.text());
    }
}
