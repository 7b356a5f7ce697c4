package dev.enclavemetrics.metricsserver;

/** Is told which pods the store takes in and drops, such as the schedule of their scrapes. */
interface PodListener {

    void added(ScrapedPod pod);

    void removed(ScrapedPod pod);
}
