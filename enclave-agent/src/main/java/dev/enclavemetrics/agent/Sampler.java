package dev.enclavemetrics.agent;

import java.io.Closeable;
import java.io.IOException;

/** Reads the machine's counters: from {@code /proc}, or through OSHI where there is none. */
interface Sampler extends Closeable {

    /**
     * Takes one sample.
     *
     * @throws IOException if the counters cannot be read
     * @throws ProcFormatException if they can, but do not say what they must
     */
    void sample(Sample into) throws IOException;

    /** What to call this sampler in a log. */
    String source();
}
