package dev.enclavemetrics.agent.sample;

import java.io.Closeable;
import java.io.IOException;

/** Reads the counters of the machine: from {@code /proc}, or through OSHI where there is none. */
public interface Sampler extends Closeable {

    /**
     * Takes one sample.
     *
     * @throws IOException if the counters cannot be read
     * @throws ProcFormatException if they are malformed
     */
    void sample(Sample into) throws IOException;

    /** Makes the next sample read everything again, including what changes rarely. */
    default void refresh() {}

    /** The source of the samples, for the log. */
    String source();
}
