package dev.enclavemetrics.agent.settings;

import dev.enclavemetrics.agent.round.Resolution;
import dev.enclavemetrics.transport.Endpoint;
import java.nio.file.Path;

/** Configurations that the settings do not allow, such as shorter intervals. */
public final class TestConfigs {

    private TestConfigs() {}

    public static AgentConfig with(Endpoint listen, int intervalMs, int windowMs, Path proc) {
        return with(listen, intervalMs, windowMs, Resolution.DEFAULT, proc);
    }

    public static AgentConfig with(Resolution resolution, Path proc) {
        return with(new Endpoint.Unix("unused"), 1000, 15_000, resolution, proc);
    }

    private static AgentConfig with(
            Endpoint listen, int intervalMs, int windowMs, Resolution resolution, Path proc) {
        return new AgentConfig(
                listen,
                0600,
                intervalMs,
                windowMs,
                Endpoint.ANY_CID,
                resolution,
                proc,
                AgentConfig.NO_PID,
                null,
                false);
    }
}
