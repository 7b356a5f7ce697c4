package dev.enclavemetrics.metricsserver.cluster;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ProblemLog;
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
 * Logs why an informer cannot list and watch. The client retries by itself, with an increasing
 * backoff. The problem ends once the watch is up: a successful list is not enough, since the watch
 * may be refused.
 */
public final class InformerErrorLog implements Closeable {

    /**
     * No event reports that a watch is up, so it is polled at this interval while there is a
     * problem. Without WebSocket a watch counts as up from its first event on; a bookmark comes
     * within a minute.
     */
    private static final long CHECK_INTERVAL_MS = 1_000;

    private static final int MAX_CHARS = 500;

    /** How the API server names, in a refusal, the user that it refuses. */
    private static final Pattern USER = Pattern.compile("User \"([^\"]+)\"");

    private final String subject;
    private final String rights;
    private final ProblemLog problem;
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
        problem = ProblemLog.warnings(log);
    }

    /** An attempt to list or watch failed; the informer retries. */
    public synchronized void failed(SharedIndexInformer<?> informer, Throwable failure) {
        if (closed) {
            return; // the shutdown ends the watch
        }
        boolean checking = problem.current() != null;
        problem.failed(message(failure));
        if (!checking) {
            scheduleCheck(informer);
        }
    }

    private void scheduleCheck(SharedIndexInformer<?> informer) {
        CompletableFuture.delayedExecutor(CHECK_INTERVAL_MS, TimeUnit.MILLISECONDS)
                .execute(() -> check(informer));
    }

    private synchronized void check(SharedIndexInformer<?> informer) {
        if (closed) {
            return;
        }
        if (informer.isWatching()) {
            problem.recovered(subject + " can be listed and watched again");
        } else {
            scheduleCheck(informer);
        }
    }

    /** The same for the same problem: the client's own text contains the resource version, too. */
    private String message(Throwable failure) {
        KubernetesClientException refusal = refusal(failure);
        String found =
                refusal != null && refusal.getStatus() != null
                        ? String.valueOf(refusal.getStatus().getMessage())
                        : String.valueOf(failure.getMessage());
        String remedy = "retrying";
        if (refusal != null && refusal.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
            Matcher user = USER.matcher(found);
            String account = user.find() ? user.group(1) : "the account of this server";
            remedy = "grant " + rights + " to " + account + "; " + remedy;
        }
        return subject
                + " must be listed and watched, found: "
                + found.substring(0, Math.min(found.length(), MAX_CHARS))
                + "; "
                + remedy;
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
