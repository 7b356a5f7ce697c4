package dev.enclavemetrics.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class HybridTest {

    private final Transport transport;
    private Endpoint endpoint;
    private Path path;
    @TempDir private Path folder;

    HybridTest(TestedBinding binding) {
        transport = binding.transport();
    }

    @BeforeEach
    void place() {
        path = folder.resolve("vm.sock");
        endpoint = new Endpoint.Hybrid(path.toString(), 59090);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OK 1073741824\n", "OK\n"})
    void asksForThePortAndLeavesTheStreamWhole(String reply) throws IOException {
        FakeVmm.Conversation conversation =
                (request, peer) -> {
                    if (request.equals("CONNECT 59090\n")) {
                        // In one write, so that a client that reads past the line takes bytes of
                        // the stream.
                        FakeVmm.write(peer, reply + "NEMF and the rest");
                        FakeVmm.untilClosed(peer);
                    }
                };
        try (FakeVmm vmm = new FakeVmm(path, conversation);
                Connection connection = transport.dial(endpoint, ConnectedPair.PATIENT_MS)) {
            byte[] stream = new byte[17];
            connection.receive(stream, 0, stream.length);

            assertThat(vmm).isNotNull();
            assertThat(new String(stream, StandardCharsets.US_ASCII))
                    .isEqualTo("NEMF and the rest");
            assertThat(connection.tryReceive(stream)).isEqualTo(Connection.WOULD_BLOCK);
        }
    }

    @Test
    void refusesAnAnswerThatIsNotOk() throws IOException {
        assertDialFails(
                ConnectedPair.PATIENT_MS,
                (request, peer) -> FakeVmm.write(peer, "HTTP/1.1 400 Bad Request\r\n\r\n"),
                ": the VMM must answer OK to CONNECT, found \"HTTP/1.1 400 Bad Request\r\"");
    }

    @Test
    void saysThatNobodyListensInTheGuest() throws IOException {
        assertDialFails(
                ConnectedPair.PATIENT_MS,
                (request, peer) -> {},
                ": the VMM closed the connection: nothing listens on that port in the guest; is the"
                        + " agent running?");
    }

    @Test
    void doesNotWaitForEverForAnAnswer() throws IOException {
        assertDialFails(
                ConnectedPair.BRIEF_MS,
                (request, peer) -> FakeVmm.untilClosed(peer),
                ": the VMM does not answer CONNECT");
    }

    @Test
    void doesNotWaitForEverForTheRestOfAnAnswer() throws IOException {
        assertDialFails(
                ConnectedPair.BRIEF_MS,
                (request, peer) -> {
                    FakeVmm.write(peer, "OK 10737");
                    FakeVmm.untilClosed(peer);
                },
                ": the VMM does not answer CONNECT");
    }

    @Test
    void refusesAnEndlessLine() throws IOException {
        assertDialFails(
                ConnectedPair.PATIENT_MS,
                (request, peer) -> {
                    while (true) { // ends when the peer closes the connection
                        FakeVmm.write(peer, "OK OK OK OK OK OK");
                    }
                },
                ": the VMM's answer must be at most 64 bytes");
    }

    @Test
    void saysThatNoVmmIsThere() {
        assertThatThrownBy(() -> transport.dial(endpoint, ConnectedPair.BRIEF_MS))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("connect " + endpoint + " failed: ENOENT");
    }

    private void assertDialFails(int timeoutMs, FakeVmm.Conversation conversation, String how)
            throws IOException {
        try (FakeVmm vmm = new FakeVmm(path, conversation)) {
            assertThat(vmm).isNotNull();
            assertThatThrownBy(() -> transport.dial(endpoint, timeoutMs))
                    .isInstanceOf(IOException.class)
                    .hasMessage(endpoint + how);
        }
    }
}
