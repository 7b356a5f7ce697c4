package dev.enclavemetrics.metricsserver.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.watch.FakePodApi;
import dev.enclavemetrics.testing.LogLines;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ClientTrustWatchTest {

    @Test
    void logsOnceThatEachWatchIsRefused() throws Exception {
        LogLines log = new LogLines();
        try (FakePodApi api = new FakePodApi();
                KubernetesClient client =
                        new KubernetesClientBuilder()
                                .withConfig(
                                        new ConfigBuilder()
                                                .withMasterUrl(api.url())
                                                .withWatchReconnectInterval(10)
                                                .build())
                                .build();
                ClientTrustWatch watch = new ClientTrustWatch(client, log.log())) {
            api.forbidWatches(true);
            watch.start();
            api.awaitRefusals(4);
            log.await(1, "no client certificate is trusted");

            assertThat(log.lines().stream().filter(line -> line.contains("must be listed")))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "WARN  the ConfigMap kube-system/extension-apiserver-authentication"
                                + " must be listed and watched, found: Forbidden; grant the Role"
                                + " extension-apiserver-authentication-reader of kube-system");
        }
    }
}
