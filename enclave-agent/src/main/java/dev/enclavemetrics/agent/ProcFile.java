package dev.enclavemetrics.agent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file of {@code /proc}, kept open: each {@link #read} is one positional read from its beginning,
 * which makes the kernel write the text anew, into one array that is kept too.
 */
final class ProcFile implements Closeable {

    private static final int FIRST_BYTES = 4096;

    /** Beyond 10,000 cores; a file that is larger is not what it should be. */
    private static final int MOST_BYTES = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BYTES);

    ProcFile(Path path) throws IOException {
        this.path = path;
        try {
            channel = FileChannel.open(path);
        } catch (NoSuchFileException e) {
            throw new IOException(path + " must be there: is /proc mounted?", e);
        }
    }

    /** The text of the last read; only the first {@link #length} bytes are of it. */
    byte[] text() {
        return buffer.array();
    }

    int length() {
        return buffer.position();
    }

    /** Reads in one piece, as the kernel writes {@code stat} and {@code meminfo}. */
    void read() throws IOException {
        do {
            buffer.clear();
            channel.read(buffer, 0);
        } while (!buffer.hasRemaining() && grow());
    }

    /** Reads to the end, for a file that the kernel gives in several pieces. */
    void readAll() throws IOException {
        read();
        int last = length();
        while (last > 0 && (buffer.hasRemaining() || grow())) {
            last = channel.read(buffer, buffer.position());
        }
    }

    /** Makes room for twice as much, keeping what was read; false if that is too much. */
    private boolean grow() {
        int room = buffer.capacity() * 2;
        if (room > MOST_BYTES) {
            return false;
        }
        int length = length();
        buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), room)).position(length);
        return true;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
