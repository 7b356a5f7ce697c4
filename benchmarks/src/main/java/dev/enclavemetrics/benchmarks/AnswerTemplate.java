package dev.enclavemetrics.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A rendered response whose two usages are replaced for each launcher. */
final class AnswerTemplate {

    /** The usage in a template; its three digits are replaced. */
    static final String USAGE = "0.123";

    private final byte[] answer;
    private final int cpuAt;
    private final int memoryAt;

    /**
     * @param cpu the text before the CPU usage; its first match is used
     * @param memory the text before the memory usage
     */
    AnswerTemplate(String answer, String cpu, String memory) {
        this.answer = answer.getBytes(US_ASCII);
        cpuAt = digitsAfter(cpu, answer);
        memoryAt = digitsAfter(memory, answer);
    }

    private static int digitsAfter(String name, String answer) {
        int at = answer.indexOf(name + USAGE);
        if (at < 0) {
            throw new IllegalArgumentException(
                    "an answer must have " + name + USAGE + ", found " + answer);
        }
        return at + name.length() + "0.".length();
    }

    ByteBuf with(int cpuMilli, int memoryMilli, ByteBufAllocator buffers) {
        ByteBuf bytes = buffers.buffer(answer.length).writeBytes(answer);
        write(cpuMilli, cpuAt, bytes);
        write(memoryMilli, memoryAt, bytes);
        return bytes;
    }

    private static void write(int milli, int at, ByteBuf bytes) {
        bytes.setByte(at, '0' + milli / 100)
                .setByte(at + 1, '0' + milli / 10 % 10)
                .setByte(at + 2, '0' + milli % 10);
    }
}
