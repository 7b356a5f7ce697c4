package dev.enclavemetrics.agent.sample;

import java.io.Closeable;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file of {@code /proc} that is kept open: each {@link #read} starts at its beginning, for which
 * the kernel generates the text again, and fills the same array.
 *
 * <p>Not a {@code FileChannel}, which an interrupt of the reading thread would close.
 */
public final class ProcFile implements Closeable {

    private static final int FIRST_BYTES = 4096;

    /** Enough for 10,000 cores. */
    private static final int MAX_BYTES = 1 << 20;

    private final Path path;
    private final RandomAccessFile file;
    private byte[] text;
    private int length;

    /**
     * Opens the file.
     *
     * @throws IOException naming the file and the reason
     */
    public ProcFile(Path path) throws IOException {
        this(path, FIRST_BYTES);
    }

    /**
     * Opens a file of another size than usual.
     *
     * @param firstBytes that it has room for at first
     */
    public ProcFile(Path path, int firstBytes) throws IOException {
        this.path = path;
        text = new byte[firstBytes];
        requireRegular(path);
        try {
            file = new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) { // its message is the file, and the reason in brackets
            throw new IOException(
                    path
                            + " must exist and be readable: is /proc mounted? Found: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Checked before opening, since opening a FIFO blocks until there is a writer. */
    private static void requireRegular(Path path) throws IOException {
        File file = path.toFile();
        if (file.exists() && !file.isFile()) {
            throw new IOException(
                    path
                            + " must be a regular file, found "
                            + (file.isDirectory() ? "a directory" : "a FIFO, socket or device")
                            + ". Set proc to the folder where the proc filesystem is mounted");
        }
    }

    /** The text of the last read, in the first {@link #length} bytes. */
    public byte[] text() {
        return text;
    }

    public int length() {
        return length;
    }

    /** Reads in one piece, as the kernel writes {@code stat} and {@code meminfo}. */
    public void read() throws IOException {
        do {
            length = 0;
            readPiece();
        } while (length == text.length && grow());
    }

    /** Reads to the end, for a file that the kernel returns in several pieces. */
    void readAll() throws IOException {
        read();
        while ((length < text.length || grow()) && readPiece()) {}
    }

    /** False at the end. */
    private boolean readPiece() throws IOException {
        int piece;
        try {
            file.seek(length);
            piece = file.read(text, length, text.length - length);
        } catch (IOException e) {
            throw new IOException(path + " cannot be read: " + e.getMessage(), e);
        }
        length += Math.max(0, piece);
        return piece > 0;
    }

    /** Doubles the array, keeping what was read; false at the limit. */
    private boolean grow() {
        if (text.length == MAX_BYTES) {
            return false;
        }
        text = Arrays.copyOf(text, 2 * text.length);
        return true;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
