package dev.enclavemetrics.agent;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A {@code stat} file in a folder that replaces {@code /proc}. Its counters advance like those of a
 * kernel; otherwise there would be no usage and no frame. It is written in place, through a memory
 * mapping, which costs almost nothing compared with a tick.
 *
 * <p>{@code MovingStat DIR…} advances the files in these folders once a second until it is stopped.
 */
final class MovingStat {

    private static final long NS_PER_S = 1_000_000_000;

    private final MappedByteBuffer text;

    /** The position of the last digit of user time in each {@code cpu} line. */
    private final int[] lastDigits;

    MovingStat(Path proc) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        proc.resolve("stat"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            text = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
        }
        lastDigits = findLastDigits();
    }

    public static void main(String[] arguments) throws IOException {
        List<MovingStat> files = new ArrayList<>();
        for (String proc : arguments) {
            files.add(new MovingStat(Path.of(proc)));
        }
        while (!Thread.currentThread().isInterrupted()) {
            files.forEach(MovingStat::step);
            LockSupport.parkNanos(NS_PER_S);
        }
    }

    /** Adds one tick to each line. */
    void step() {
        for (int digit : lastDigits) {
            int at = digit;
            while (text.get(at) == '9') {
                text.put(at--, (byte) '0');
            }
            text.put(at, (byte) (text.get(at) + 1));
        }
    }

    private int[] findLastDigits() {
        int[] found = new int[text.capacity()];
        int count = 0;
        int at = 0;
        while (text.get(at) == 'c' && text.get(at + 1) == 'p') {
            at = next(' ', at);
            while (text.get(at) == ' ') {
                at++;
            }
            at = next(' ', at);
            found[count++] = at - 1;
            at = next('\n', at) + 1;
        }
        return Arrays.copyOf(found, count);
    }

    private int next(char wanted, int from) {
        int at = from;
        while (text.get(at) != wanted) {
            at++;
        }
        return at;
    }
}
