package dev.enclavemetrics.agent.settings;

import dev.enclavemetrics.agent.round.Resolution;
import dev.enclavemetrics.transport.Endpoint;
import java.nio.file.Path;

/** Configurations that the settings would not allow, or not so briefly. */
public final class TestConfigs {

    private TestConfigs() {}

    public static AgentConfig with(Endpoint listen, int intervalMs, int windowMs, Path proc) {
        return new AgentConfig(
                listen,
                0600,
                intervalMs,
                windowMs,
                Endpoint.ANY_CID,
                Resolution.DEFAULT,
                proc,
                AgentConfig.NO_PID,
                null,
                false);
    }

    public static AgentConfig with(Resolution resolution, Path proc) {
        return new AgentConfig(
                new Endpoint.Unix("unused"),
                0600,
                1000,
                15_000,
                Endpoint.ANY_CID,
                resolution,
                proc,
                AgentConfig.NO_PID,
                null,
                false);
    }
}
