package dev.enclavemetrics.agent.application;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;

/** A file that the application replaces, opened for each reading. */
final class FileSource implements Source {

    private final String address;
    private final File file;

    FileSource(SourceAddress address) {
        this.address = address.toString();
        file = new File(address.path());
    }

    @Override
    public Body open(Deadline deadline) throws IOException {
        if (file.exists() && !file.isFile()) { // opening a FIFO would wait for a writer
            throw new IOException(
                    "must be a regular file, found "
                            + (file.isDirectory() ? "a directory" : "a FIFO, socket or device"));
        }
        try {
            return new OpenFile(new RandomAccessFile(file, "r"));
        } catch (FileNotFoundException e) { // its message is the file, and the reason in brackets
            throw new IOException("must exist and be readable, found: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return address;
    }

    private record OpenFile(RandomAccessFile open) implements Body {

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return open.read(into, offset, length);
        }

        @Override
        public void close() throws IOException {
            open.close();
        }
    }
}
