package dev.enclavemetrics.metricsserver.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {

    private static final Map<String, String> LABELS =
            Map.of("app", "shop", "tier", "web", "build", "42", "k8s.io/role", "", "in", "notin");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "app=shop",
                "app==shop",
                " app = shop , tier = web ",
                "app!=bank",
                "absent!=x",
                "absent!=",
                "app in (shop)",
                "app in (bank,shop)",
                "app in(bank , shop)",
                "tier notin (db)",
                "absent notin (a,b)",
                "app",
                "!absent",
                "! absent",
                "app,tier,!absent",
                "build>41",
                "build<43",
                "build > 41, build < 43",
                "k8s.io/role=",
                "k8s.io/role",
                "k8s.io/role in (,)",
                "k8s.io/role in (a,)",
                "k8s.io/role in (a,,b)",
                "in",
                "in=notin",
                "in in (in,notin)",
                "app=shop,tier in (web,db),!canary,build!=41"
            })
    void matches(String text) {
        assertThat(LabelSelector.parse(text).matches(LABELS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app=bank",
                "app=",
                "app=Shop",
                "app!=shop",
                "app in (bank)",
                "app notin (shop,bank)",
                "absent in (a)",
                "absent=",
                "absent",
                "!app",
                "build>42",
                "build<42",
                "tier>1",
                "absent>1",
                "app=shop,tier=db"
            })
    void doesNotMatch(String text) {
        assertThat(LabelSelector.parse(text).matches(LABELS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                "app,",
                ",app",
                "app=shop,,tier=web",
                "app=shop tier=web",
                "=shop",
                "!",
                "!!app",
                "!app=shop",
                "app=(shop)",
                "app in",
                "app in shop",
                "app in (",
                "app in (shop",
                "app in (shop tier)",
                "app in ()",
                "app notin ()",
                "app in (shop))",
                "(app)",
                "app===shop",
                "app=!shop",
                "app>",
                "app>x",
                "app>1.5",
                "app>99999999999999999999",
                "-app=shop",
                "app-=shop",
                "a/b/c=d",
                "/app=shop",
                "UPPER.io/app=shop",
                "app=-shop",
                "app=sh op",
                "app=shöp",
                "app=sh\u0000op",
                "app in (a,$)"
            })
    void refusesWhatKubernetesRefuses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.parse(text));
    }

    @Test
    void reportsWhatWasExpectedAndFound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSelector.parse("app in shop"))
                .withMessage("expected '(', found \"shop\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSelector.parse("app,"))
                .withMessage("expected a label's key or '!', found the end");
    }

    @Test
    void boundsNamesAsKubernetesDoes() {
        assertThat(LabelSelector.parse("a".repeat(63) + "=" + "b".repeat(63)).isEmpty()).isFalse();
        assertThat(LabelSelector.parse("p".repeat(253) + "/a=b").isEmpty()).isFalse();
        for (String text :
                new String[] {
                    "a".repeat(64),
                    "a=" + "b".repeat(64),
                    "p".repeat(254) + "/a",
                    "a".repeat(100_000)
                }) {
            assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.parse(text));
        }
    }

    @Test
    void shortensLongTexts() {
        assertThat(catchThrowable(() -> LabelSelector.parse("-".repeat(300))))
                .message()
                .hasSizeLessThan(400);
    }

    @Test
    void parsesOrRefusesAnyText() {
        Random random = new Random(5);
        String[] pieces = {"a", "=", "!", "(", ")", ",", "in", "notin", " ", ">", "<", "b/c", "1"};
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            Throwable failure =
                    catchThrowable(() -> LabelSelector.parse(text.toString()).matches(LABELS));
            if (failure != null) {
                assertThat(failure).isExactlyInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
