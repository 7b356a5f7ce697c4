package dev.enclavemetrics.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    private final List<String> closed = new ArrayList<>();
    private final OpenConnections<String> connections = new OpenConnections<>(2, closed::add);

    @Test
    void closesTheLongestIdleBeyondTheBound() {
        connections.opened("a");
        connections.opened("b");
        connections.used("a");
        assertThat(closed).isEmpty();

        connections.opened("c");

        assertThat(closed).containsExactly("b");
    }

    @Test
    void countsOnlyThoseThatAreOpen() {
        connections.opened("a");
        connections.opened("b");
        connections.closed("a");
        connections.opened("c");

        assertThat(closed).isEmpty();
    }

    @Test
    void forgetsTheClosed() {
        connections.opened("a");
        connections.used("never opened");
        connections.closed("a");
        connections.closed("a");
        connections.opened("b");
        connections.opened("c");

        assertThat(closed).isEmpty();
    }
}
