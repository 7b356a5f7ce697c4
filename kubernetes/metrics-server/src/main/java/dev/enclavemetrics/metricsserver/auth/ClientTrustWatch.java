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
 * Follows the ConfigMap by which the API server tells whom to trust. Without one nobody is, but for
 * what tokens prove; one that cannot be read leaves the former in place.
 */
public final class ClientTrustWatch implements Closeable {

    public static final String NAMESPACE = "kube-system";
    public static final String NAME = "extension-apiserver-authentication";

    private static final long NO_RESYNC = 0;

    private final Log log;
    private final SharedIndexInformer<ConfigMap> informer;
    private final InformerErrorLog trouble;
    private volatile ClientTrust trust = ClientTrust.NOBODY;
    private volatile boolean synced;

    public ClientTrustWatch(KubernetesClient client, Log log) {
        this.log = log;
        trouble =
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

    /** Begins, and goes on trying until it works. */
    public void start() {
        informer.start();
    }

    ClientTrust trust() {
        return trust;
    }

    /** What there is to wait for, or null. */
    public @Nullable String readinessProblem() {
        return synced
                ? null
                : "the ConfigMap " + NAMESPACE + "/" + NAME + " has not been looked for yet";
    }

    private boolean retry(boolean started, Throwable failure) {
        trouble.tell(informer, failure);
        return true;
    }

    @Override
    public void close() {
        trouble.close();
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
                        "client certificates are checked as the ConfigMap "
                                + NAMESPACE
                                + "/"
                                + NAME
                                + " says: client CA "
                                + (trust.clients().isEmpty() ? "none" : "taken")
                                + ", front proxy CA "
                                + (trust.frontProxies().isEmpty() ? "none" : "taken"));
            } catch (IllegalArgumentException e) {
                log.error(
                        "the ConfigMap "
                                + NAMESPACE
                                + "/"
                                + NAME
                                + " is left out, the former goes on: "
                                + e.getMessage());
            }
        }

        private void gone() {
            trust = ClientTrust.NOBODY;
            log.warn(
                    "no client certificate is trusted: there must be a ConfigMap "
                            + NAMESPACE
                            + "/"
                            + NAME
                            + ", found none; it is kube-apiserver that writes it, once started"
                            + " with --requestheader-client-ca-file");
        }
    }
}
