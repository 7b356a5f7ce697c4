package dev.enclavemetrics.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.benchmarks.SimulatedPod.Phase;
import dev.enclavemetrics.benchmarks.SimulatedPods.Change;
import dev.enclavemetrics.benchmarks.SimulatedPods.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SimulatedPodsTest {

    private final SimulatedPods pods = new SimulatedPods(5);

    @Test
    void everyPageShowsTheMomentOfTheFirst() {
        Page first = pods.list(2, pod -> true);
        pods.delete(at(2));
        pods.modify(at(3), Phase.TERMINATING);

        Page second = Objects.requireNonNull(pods.listOn(first.next(), 2));
        Page third = Objects.requireNonNull(pods.listOn(second.next(), 2));

        assertThat(second.pods()).extracting(SimulatedPod::slot).containsExactly(2, 3);
        assertThat(second.pods()).extracting(SimulatedPod::phase).containsOnly(Phase.RUNNING);
        assertThat(third.pods()).extracting(SimulatedPod::slot).containsExactly(4);
        assertThat(third.next()).isEmpty();
        assertThat(List.of(first.remaining(), second.remaining(), third.remaining()))
                .containsExactly(3, 1, 0);
        assertThat(third.resourceVersion()).isEqualTo(first.resourceVersion());
    }

    @Test
    void listsOnlyWhatIsWanted() {
        assertThat(pods.list(10, pod -> pod.slot() > 3).pods())
                .extracting(SimulatedPod::slot)
                .containsExactly(4);
    }

    @Test
    void refusesToGoOnWithAListThatItDoesNotKnow() {
        Page first = pods.list(2, pod -> true);

        assertThat(pods.listOn("1-2", 2)).isNull();
        assertThat(pods.listOn("x", 2)).isNull();
        assertThat(pods.listOn(first.resourceVersion() + "-6", 2)).isNull();
        assertThat(pods.listOn(first.resourceVersion() + "--1", 2)).isNull();
    }

    @Test
    void watchesGoOnWhereAListEnded() {
        long listed = pods.list(10, pod -> true).resourceVersion();
        pods.delete(at(1));
        List<Change> seen = new ArrayList<>();

        assertThat(pods.watch(listed, seen::add)).isTrue();
        pods.create(1, 1);
        pods.modify(at(1), Phase.RUNNING);

        assertThat(seen).extracting(Change::type).containsExactly("DELETED", "ADDED", "MODIFIED");
        assertThat(seen)
                .extracting(change -> change.pod().name())
                .containsExactly(
                        "api-0-7d9c5b8f66-1-0", "api-0-7d9c5b8f66-1-1", "api-0-7d9c5b8f66-1-1");
        assertThat(seen)
                .extracting(change -> change.pod().resourceVersion())
                .containsExactly(listed + 1, listed + 2, listed + 3);
    }

    @Test
    void tellsNothingMoreOnceNobodyWatches() {
        List<Change> seen = new ArrayList<>();
        Consumer<Change> watch = seen::add;
        pods.watch(pods.version(), watch);

        pods.unwatch(watch);
        pods.delete(at(0));

        assertThat(seen).isEmpty();
    }

    @Test
    void refusesAWatchFromBeforeWhatItRemembers() {
        long before = pods.version();
        for (int i = 0; i < 10_001; i++) {
            pods.modify(at(0), Phase.RUNNING);
        }

        assertThat(pods.watch(before, change -> {})).isFalse();
        assertThat(pods.watch(before + 1, change -> {})).isTrue();
        assertThat(pods.watch(pods.version() + 1, change -> {})).isFalse();
    }

    private SimulatedPod at(int slot) {
        return Objects.requireNonNull(pods.at(slot));
    }
}
