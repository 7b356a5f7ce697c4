package dev.enclavemetrics.agent.application;

import java.io.IOException;

/** Where expositions are read; {@code toString()} is its address. */
interface Source {

    /**
     * Opens it for one reading.
     *
     * @throws IOException with the reason; the caller names the source
     */
    Body open(Deadline deadline) throws IOException;
}
