package dev.enclavemetrics.metricsserver.store;

/** Is notified of pods that the store adds and removes. */
public interface PodListener {

    void added(ScrapedPod pod);

    void removed(ScrapedPod pod);
}
