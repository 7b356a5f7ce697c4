package dev.enclavemetrics.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attacks of clients without credentials on a packaged server, with its real heap size. */
@Timeout(900)
@SuppressWarnings("NullAway.Init") // set before each test
public abstract class UnfinishedRequestsSuite {

    private PackagedServer server;
    private UnfinishedRequests attack;

    /**
     * Starts the server.
     *
     * @param folder a folder for its files
     */
    protected abstract PackagedServer server(Path folder) throws Exception;

    @BeforeEach
    public final void start(@TempDir Path folder) throws Exception {
        server = server(folder);
        assertThat(server.answers()).isTrue();
        attack = new UnfinishedRequests(server.port());
    }

    @AfterEach
    public final void end() throws Exception {
        attack.close();
        server.close();
    }

    private void answersDuringAndAfter() throws Exception {
        assertThat(server.answers()).isTrue();
        attack.close();
        assertThat(server.answers()).isTrue();
    }

    @Test
    public final void answersWhileStreamsAreNotEnded() throws Exception {
        for (int headerBytes : new int[] {30_000, 55_000}) {
            for (int i = 0; i < 25; i++) {
                attack.http2(100, headerBytes);
            }
            assertThat(server.answers()).isTrue();
        }
        answersDuringAndAfter();
    }

    @Test
    public final void answersWhileHeadersAreNotEnded() throws Exception {
        for (int i = 0; i < 1_700; i++) {
            attack.http1(i % 2 == 0 ? 31_000 : 65_000);
        }
        answersDuringAndAfter();
    }

    @Test
    public final void answersWhileHandshakesAreNotBegun() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            attack.tcp();
        }
        answersDuringAndAfter();
    }
}
