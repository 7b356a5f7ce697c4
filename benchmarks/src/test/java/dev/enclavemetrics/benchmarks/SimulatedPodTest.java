package dev.enclavemetrics.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.benchmarks.SimulatedPod.Phase;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulatedPodTest {

    private static final Instant STARTED = Instant.parse("2026-11-24T05:40:00.5Z");

    @Test
    void isFoundByItsAddress() throws UnknownHostException {
        Set<String> addresses = new HashSet<>();
        for (int slot = 0; slot < SimulatedPod.MAX_PODS; slot++) {
            String address = pod(slot, Phase.RUNNING).address();
            addresses.add(address);
            assertThat(SimulatedPod.slot(InetAddress.getByName(address).getAddress()))
                    .isEqualTo(slot);
        }
        assertThat(addresses).hasSize(SimulatedPod.MAX_PODS);
    }

    @Test
    void hasNoPlaceAtTheAddressThatRedirectsLeadTo() {
        assertThat(SimulatedPod.slot(new byte[] {127, 0, 0, 1})).isNegative();
    }

    @Test
    void guardsItsPlace() {
        assertThatThrownBy(() -> pod(SimulatedPod.MAX_PODS, Phase.RUNNING))
                .hasMessage("a slot must be from 0 to 99999, found 100000");
    }

    @Test
    void isLiveInEightOfTenPlaces() {
        int live = 0;
        Set<LauncherKind> kinds = new HashSet<>();
        for (int slot = 0; slot < 1250; slot++) {
            live += LauncherKind.of(slot).live() ? 1 : 0;
            kinds.add(LauncherKind.of(slot));
        }
        assertThat(live).isEqualTo(1000);
        assertThat(kinds).containsExactlyInAnyOrder(LauncherKind.values());
    }

    @ParameterizedTest
    @EnumSource
    void isWrittenAsAKubeApiserverWritesIt(Phase phase) {
        String json = json(pod(1251, phase));

        assertThat(json).doesNotContain("${").hasSizeBetween(8_000, 12_000);
        JsonNode metadata = JsonMapper.shared().readTree(json).get("metadata");
        assertThat(metadata.get("name").asString()).isEqualTo("api-0-7d9c5b8f66-1251-3");
        assertThat(metadata.get("namespace").asString()).isEqualTo("shop-1");
        assertThat(metadata.get("creationTimestamp").asString()).isEqualTo("2026-11-24T05:40:00Z");
        assertThat(metadata.has("deletionTimestamp")).isEqualTo(phase == Phase.TERMINATING);
    }

    @Test
    void hasAnAddressOnceItRuns() {
        JsonNode running = JsonMapper.shared().readTree(json(pod(1251, Phase.RUNNING)));
        JsonNode pending = JsonMapper.shared().readTree(json(pod(1251, Phase.PENDING)));

        assertThat(running.at("/status/podIP").asString()).isEqualTo("127.10.5.2");
        assertThat(pending.at("/status/podIP").isMissingNode()).isTrue();
        assertThat(pending.at("/status/phase").asString()).isEqualTo("Pending");
    }

    private static SimulatedPod pod(int slot, Phase phase) {
        return new SimulatedPod(slot, 3, phase, STARTED, 1234);
    }

    private static String json(SimulatedPod pod) {
        StringBuilder json = new StringBuilder();
        new PodJson().write(pod, json);
        return json.toString();
    }
}
