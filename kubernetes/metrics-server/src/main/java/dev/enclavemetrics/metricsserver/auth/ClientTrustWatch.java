package dev.enclavemetrics.metricsserver.auth;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.metricsserver.cluster.InformerErrorLog;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.Closeable;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Watches the ConfigMap with the authorities that the API server trusts. Without it only tokens
 * authenticate; if it becomes invalid, the previous version stays in use.
 */
public final class ClientTrustWatch implements Closeable {

    public static final String NAMESPACE = "kube-system";
    public static final String NAME = "extension-apiserver-authentication";

    private static final long NO_RESYNC = 0;

    private final Log log;
    private final SharedIndexInformer<ConfigMap> informer;
    private final InformerErrorLog errors;
    private volatile ClientTrust trust = ClientTrust.NONE;
    private volatile boolean synced;

    public ClientTrustWatch(KubernetesClient client, Log log) {
        this.log = log;
        errors =
                new InformerErrorLog(
                        "the ConfigMap " + NAMESPACE + "/" + NAME,
                        "the Role extension-apiserver-authentication-reader of " + NAMESPACE,
                        log);
        informer =
                client.configMaps()
                        .inNamespace(NAMESPACE)
                        .withName(NAME)
                        .runnableInformer(NO_RESYNC)
                        .exceptionHandler(this::retry)
                        .addEventHandler(new ToTrust());
    }

    /** Starts, and retries until it succeeds. */
    public void start() {
        informer.start();
    }

    ClientTrust trust() {
        return trust;
    }

    /** Why clients cannot be authenticated yet; null if they can. */
    public @Nullable String readinessProblem() {
        return synced ? null : "the ConfigMap " + NAMESPACE + "/" + NAME + " has not been read yet";
    }

    private boolean retry(boolean started, Throwable failure) {
        errors.failed(informer, failure);
        return true;
    }

    @Override
    public void close() {
        errors.close();
        informer.stop();
    }

    private final class ToTrust implements ResourceEventHandler<ConfigMap> {
        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            if (remainedEmpty && !synced) {
                gone();
            }
            synced = true;
        }

        @Override
        public void onAdd(ConfigMap map) {
            take(map);
        }

        @Override
        public void onUpdate(ConfigMap former, ConfigMap map) {
            if (!Objects.equals(former.getData(), map.getData())) {
                take(map);
            }
        }

        @Override
        public void onDelete(ConfigMap map, boolean lastStateUnknown) {
            gone();
        }

        private void take(ConfigMap map) {
            try {
                trust = ClientTrust.parse(Objects.requireNonNullElse(map.getData(), Map.of()));
                log.info(
                        "client certificates are verified by the ConfigMap "
                                + NAMESPACE
                                + "/"
                                + NAME
                                + ": client CA "
                                + (trust.clients().isEmpty() ? "none" : "loaded")
                                + ", front proxy CA "
                                + (trust.frontProxies().isEmpty() ? "none" : "loaded"));
            } catch (IllegalArgumentException e) {
                log.error(
                        "the ConfigMap "
                                + NAMESPACE
                                + "/"
                                + NAME
                                + " is invalid, keeping the previous one: "
                                + e.getMessage());
            }
        }

        private void gone() {
            trust = ClientTrust.NONE;
            log.warn(
                    "no client certificate is trusted: there must be a ConfigMap "
                            + NAMESPACE
                            + "/"
                            + NAME
                            + ", found none; kube-apiserver writes it if started with"
                            + " --requestheader-client-ca-file");
        }
    }
}
