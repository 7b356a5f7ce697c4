package dev.enclavemetrics.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestMemoryLimitTest {

    private final List<String> closed = new ArrayList<>();
    private final RequestMemoryLimit<String> held = new RequestMemoryLimit<>(100, closed::add);

    @Test
    void closesTheConnectionThatHoldsTheMostBeyondTheLimit() {
        held.hold("small", 20);
        held.hold("large", 40);
        held.hold("large", 40);
        assertThat(closed).isEmpty();

        held.hold("new", 10);

        assertThat(closed).containsExactly("large");
        assertThat(held.totalBytes()).isEqualTo(30);
    }

    @Test
    void closesTheNewOneIfNoneHoldsMore() {
        held.hold("a", 50);

        held.hold("b", 200);

        assertThat(closed).containsExactly("b");
        assertThat(held.totalBytes()).isEqualTo(50);
    }

    @Test
    void countsWhatHasNotEndedOnly() {
        for (int i = 0; i < 10; i++) {
            held.hold("a", 60);
            held.release("a", 60);
        }
        held.hold("b", 60);
        held.closed("b");
        held.hold("c", 60);

        assertThat(closed).isEmpty();
        assertThat(held.totalBytes()).isEqualTo(60);
    }

    @Test
    void ignoresTheEndOfRequestsWhoseConnectionWasClosed() {
        held.hold("a", 101);
        held.release("a", 101);
        held.closed("a");

        assertThat(held.totalBytes()).isZero();
    }
}
