package dev.enclavemetrics.agent;

/** Averages over the window, 0.0 to 1.0. One instance is reused for all ticks. */
final class Usage {

    /** The time actually averaged over, in ms, at least 1. */
    long windowMs;

    /** CPU usage over all cores. */
    double cpu;

    double memory;

    /** CPU usage of the busiest core. */
    double busiestCore;
}
