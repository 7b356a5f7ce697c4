package dev.enclavemetrics.agent.average;

/** Averages over the window, 0.0 to 1.0. One instance is reused for all ticks. */
public final class Usage {

    /** The time actually averaged over, in ms, at least 1. */
    public long windowMs;

    /** CPU usage over all cores. */
    public double cpu;

    public double memory;

    /** CPU usage of the busiest core. */
    public double busiestCore;
}
