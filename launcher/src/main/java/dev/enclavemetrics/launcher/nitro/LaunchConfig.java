package dev.enclavemetrics.launcher.nitro;

import dev.enclavemetrics.transport.Endpoint;
import java.time.Duration;

/**
 * How the launcher manages the enclave that it has started.
 *
 * @param restarts whether another is started when it ends or does not start
 * @param watch interval of asking nitro-cli whether it still runs
 * @param stopGrace time limit for terminating it after SIGTERM
 * @param agent where its agent listens, an endpoint with {@link #CID} for its CID
 */
public record LaunchConfig(boolean restarts, Duration watch, Duration stopGrace, String agent) {

    static final String CID = "{cid}";

    public LaunchConfig {
        for (long cid : new long[] {EnclaveSpec.MIN_CID, NitroCli.MAX_CID}) {
            new EnclaveAddress.Fixed(endpoint(agent, cid)); // which checks itself
        }
    }

    /** Where the agent of an enclave listens. */
    Endpoint endpoint(long cid) {
        return endpoint(agent, cid);
    }

    private static Endpoint endpoint(String agent, long cid) {
        return Endpoint.parse(agent.replace(CID, Long.toString(cid)));
    }
}
