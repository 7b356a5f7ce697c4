package dev.enclavemetrics.agent.serve;

import java.util.concurrent.locks.LockSupport;

/** Sleeps that an interrupt by the application does not end. */
public final class Pause {

    private Pause() {}

    /** Clears an interrupt first: applications may interrupt all threads. */
    public static void ns(long ns) {
        Thread.interrupted();
        LockSupport.parkNanos(ns);
    }
}
