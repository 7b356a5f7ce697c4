package dev.enclavemetrics.agent;

/** Averages over the window, 0.0 to 1.0. One instance is filled anew at each tick. */
final class Usage {

    /** Time really averaged over, ms, at least 1. */
    long windowMs;

    /** Over all cores. */
    double cpu;

    double memory;

    /** Of the core with the highest. */
    double busiestCore;
}
