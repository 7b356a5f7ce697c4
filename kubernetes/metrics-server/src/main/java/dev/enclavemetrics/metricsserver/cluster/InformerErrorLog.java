package dev.enclavemetrics.metricsserver.cluster;

import dev.enclavemetrics.bootstrap.Log;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.Closeable;
import java.net.HttpURLConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What keeps an informer from listing and watching. The client tries again by itself, ever more
 * rarely; a failure is told once for as long as it lasts, and its end once the watch stands: a list
 * that succeeds is not enough, since the watch may be what is refused.
 */
public final class InformerErrorLog implements Closeable {

    /**
     * Nothing tells that a watch stands; while there is trouble it is looked for so often. One
     * without WebSocket stands from its first event on, a bookmark within a minute.
     */
    private static final long LOOK_MS = 1_000;

    private static final int MAX_CHARS = 500;

    /** As the API server names in a refusal whom it refuses. */
    private static final Pattern USER = Pattern.compile("User \"([^\"]+)\"");

    private final String subject;
    private final String rights;
    private final Log log;

    /** What was told and has not ended. */
    private @Nullable String told;

    private boolean closed;

    /**
     * For one informer.
     *
     * @param subject what is listed and watched
     * @param rights what must be granted for it
     */
    public InformerErrorLog(String subject, String rights, Log log) {
        this.subject = subject;
        this.rights = rights;
        this.log = log;
    }

    /** Takes word of a failure, after which the informer tries again. */
    public synchronized void tell(SharedIndexInformer<?> informer, Throwable failure) {
        String words = message(failure);
        if (words.equals(told)) {
            return;
        }
        log.warn(words);
        if (told == null) {
            lookForItsEnd(informer);
        }
        told = words;
    }

    private void lookForItsEnd(SharedIndexInformer<?> informer) {
        CompletableFuture.delayedExecutor(LOOK_MS, TimeUnit.MILLISECONDS)
                .execute(() -> reconcile(informer));
    }

    private synchronized void reconcile(SharedIndexInformer<?> informer) {
        if (closed) {
            return;
        }
        if (informer.isWatching()) {
            told = null;
            log.info(subject + " can be listed and watched again");
        } else {
            lookForItsEnd(informer);
        }
    }

    /** The same for the same trouble: the client's own words have the place in history, too. */
    private String message(Throwable failure) {
        KubernetesClientException refusal = refusal(failure);
        String found =
                refusal != null && refusal.getStatus() != null
                        ? String.valueOf(refusal.getStatus().getMessage())
                        : String.valueOf(failure.getMessage());
        String wayOut = "trying again until it works";
        if (refusal != null && refusal.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
            Matcher user = USER.matcher(found);
            String whom = user.find() ? user.group(1) : "the account of this server";
            wayOut = "grant " + rights + " to " + whom + "; " + wayOut;
        }
        return subject
                + " must be listed and watched, found: "
                + found.substring(0, Math.min(found.length(), MAX_CHARS))
                + "; "
                + wayOut;
    }

    private static @Nullable KubernetesClientException refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException refusal) {
                return refusal;
            }
        }
        return null;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
