package dev.enclavemetrics.agent.application;

import java.io.Closeable;
import java.io.IOException;

/** The bytes of one exposition. */
interface Body extends Closeable {

    /**
     * Reads some bytes.
     *
     * @return their number, or -1 at the end
     */
    int read(byte[] into, int offset, int length) throws IOException;
}
