package dev.enclavemetrics.metricsserver.store;

/** Is told which pods the store takes in and drops, such as the schedule of their scrapes. */
public interface PodListener {

    void added(ScrapedPod pod);

    void removed(ScrapedPod pod);
}
