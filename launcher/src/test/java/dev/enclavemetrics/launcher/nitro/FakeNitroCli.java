package dev.enclavemetrics.launcher.nitro;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A nitro-cli in the test's process. Its enclaves run until a test ends them. */
final class FakeNitroCli implements NitroCliRunner {

    /** Runs during a command of nitro-cli. */
    interface Event {
        void happen() throws InterruptedException;
    }

    private static final int FIRST_CID = 16;

    private final Map<String, String> running = new TreeMap<>(); // guarded by this, as are all
    private final Queue<Ended> refusals = new ArrayDeque<>();
    private final List<String> commands = new ArrayList<>();
    private String failure = "";
    private Event whileStarting = () -> {};
    private int started;

    @Override
    public Ended run(List<String> arguments, long deadlineMs)
            throws IOException, InterruptedException {
        if (arguments.get(0).equals("run-enclave")) {
            whileStarting().happen();
        }
        return answer(arguments);
    }

    private synchronized Ended answer(List<String> arguments) throws IOException {
        commands.add(String.join(" ", arguments));
        String command = arguments.get(0);
        if (command.equals("run-enclave")) {
            return refusals.isEmpty() ? start() : refusals.remove();
        }
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        if (command.equals("describe-enclaves")) {
            return printed(running.values().stream().collect(Collectors.joining(",", "[", "]")));
        }
        return running.remove(arguments.get(2)) != null
                ? printed("{\"Terminated\":true}")
                : new Ended(11, "", "[ E11 ] Socket error. And more.\n");
    }

    private Ended start() {
        int number = ++started;
        String enclave =
                "\"EnclaveName\":\"app\",\"EnclaveID\":\"%s\",\"EnclaveCID\":%d"
                        .formatted(id(number), FIRST_CID + number - 1);
        running.put(id(number), "{" + enclave + ",\"State\":\"RUNNING\"}");
        return printed("{" + enclave + "}");
    }

    static String id(int number) {
        return "i-1-enc" + number;
    }

    static Ended refused(String errors) {
        return new Ended(39, "", errors);
    }

    private static Ended printed(String text) {
        return new Ended(0, text, "");
    }

    private synchronized Event whileStarting() {
        return whileStarting;
    }

    /** Sets what runs during the next starts. */
    synchronized void whileStarting(Event event) {
        whileStarting = event;
    }

    /** Sets the error output of the next start, which fails. */
    synchronized void refuse(String errors) {
        refusals.add(refused(errors));
    }

    /** Ends the enclave of a start, counted from 1. */
    synchronized void end(int number) {
        running.remove(id(number));
    }

    /** Sets the error output with which all commands except starts fail; empty for none. */
    synchronized void failure(String words) {
        failure = words;
    }

    synchronized List<String> commands() {
        return List.copyOf(commands);
    }
}
