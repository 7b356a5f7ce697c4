package dev.enclavemetrics.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections are represented by a text: the peer's address, then a number. */
class ConnectionLimitTest {

    private final List<String> closed = new ArrayList<>();
    private final ConnectionLimit<String> connections =
            new ConnectionLimit<>(3, name -> name.substring(0, 1), closed::add);

    @Test
    void closesTheLongestIdleBeyondTheLimit() {
        connections.opened("a1");
        connections.opened("a2");
        connections.opened("a3");
        connections.used("a1");
        assertThat(closed).isEmpty();

        connections.opened("a4");

        assertThat(closed).containsExactly("a2");
    }

    @Test
    void closesOnlyThoseOfThePeerWithTheMost() {
        connections.opened("a1");
        connections.opened("b1");
        connections.opened("b2");
        for (int i = 3; i < 100; i++) {
            connections.opened("b" + i);
        }

        assertThat(closed).hasSize(97).doesNotContain("a1", "b98", "b99");
    }

    @Test
    void closesTheLongestIdleOfPeersWithOneEach() {
        connections.opened("a1");
        connections.opened("b1");
        connections.opened("c1");
        connections.used("a1");

        connections.opened("d1");

        assertThat(closed).containsExactly("b1");
    }

    @Test
    void countsOnlyThoseThatAreOpen() {
        for (int i = 0; i < 10; i++) {
            connections.opened("a" + i);
            connections.closed("a" + i);
        }

        assertThat(closed).isEmpty();
    }

    @Test
    void countsAConnectionOnceHoweverOftenItEnds() {
        connections.opened("a1");
        connections.used("x9");
        connections.closed("a1");
        connections.closed("a1");
        connections.opened("b1");
        connections.opened("c1");
        connections.opened("d1");
        assertThat(closed).isEmpty();

        connections.opened("e1");

        assertThat(closed).containsExactly("b1");
    }
}
