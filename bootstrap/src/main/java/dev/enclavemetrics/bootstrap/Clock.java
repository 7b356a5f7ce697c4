package dev.enclavemetrics.bootstrap;

import java.time.Instant;
import java.time.InstantSource;

/** The time: a wall clock for people, a monotonic clock for ages. */
public interface Clock extends InstantSource {

    Clock SYSTEM =
            new Clock() {
                @Override
                public Instant instant() {
                    return Instant.now();
                }

                @Override
                public long millis() {
                    return System.currentTimeMillis(); // creates no Instant
                }

                @Override
                public long nanoTime() {
                    return System.nanoTime();
                }
            };

    /** As {@link System#nanoTime()}: only differences are meaningful. */
    long nanoTime();
}
