package dev.enclavemetrics.metricsserver.watch;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for the events of an informer; it is called after the informer's other handlers. */
final class InformerEvents<T> implements ResourceEventHandler<T> {

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    @Override
    public void onList(String resourceVersion, boolean remainedEmpty) {
        happened();
    }

    @Override
    public void onAdd(T object) {
        happened();
    }

    @Override
    public void onUpdate(T former, T object) {
        happened();
    }

    @Override
    public void onDelete(T object, boolean lastStateUnknown) {
        happened();
    }

    private synchronized void happened() {
        notifyAll();
    }

    /** Waits until the condition holds. */
    synchronized void await(BooleanSupplier condition) throws InterruptedException {
        long endNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
            if (leftMs <= 0) {
                throw new AssertionError("did not come true");
            }
            wait(leftMs);
        }
    }
}
