import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints the classes of java.base that the agent's JRE must have, by one rule:
 *
 * <ol>
 *   <li>those that the agent loaded in any test, and those that its own classes name;
 *   <li>every exception and error that one of the kept classes, or a native library, names: what is
 *       thrown only when something fails, so that no test may have met it;
 *   <li>of each of these the superclasses and interfaces, and so on.
 * </ol>
 *
 * <p>{@code java SelectClasses.java FOLDER-OF-JAVA.BASE FOLDER-OF-AGENT'S-CLASSES
 * FOLDER-OF-NATIVE-LIBRARIES FOLDER-OF-CLASS-LOAD-LOGS}
 */
public final class SelectClasses {

    private static final Pattern LOADED = Pattern.compile("(?m)^(?:\\[[^]]*])* *([\\w.$]+) source: ");
    private static final Pattern NAME = Pattern.compile("[\\w$]+(?:/[\\w$]+)+");

    /** What a class file names; its parents come first. */
    private record ClassFile(Set<String> parents, Set<String> names) {}

    private final Map<String, ClassFile> base = new HashMap<>();
    private final Set<String> kept = new TreeSet<>();
    private final Deque<String> unread = new ArrayDeque<>();

    public static void main(String[] folders) throws IOException {
        SelectClasses select = new SelectClasses();
        Path classes = Path.of(folders[0]);
        for (Path file : files(classes, ".class")) {
            String name = classes.relativize(file).toString();
            select.base.put(name.substring(0, name.length() - ".class".length()), read(file));
        }
        for (Path file : files(Path.of(folders[1]), ".class")) {
            read(file).names.forEach(select::keep);
        }
        for (Path file : files(Path.of(folders[2]), ".so")) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            NAME.matcher(text).results().map(MatchResult::group).filter(select::isThrown)
                    .forEach(select::keep);
        }
        for (Path file : files(Path.of(folders[3]), ".log")) {
            LOADED.matcher(Files.readString(file)).results()
                    .forEach(line -> select.keep(line.group(1).replace('.', '/')));
        }
        select.close();
        select.kept.forEach(System.out::println);
    }

    private static Iterable<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(end)).toList();
        }
    }

    private void keep(String name) {
        if (base.containsKey(name) && kept.add(name)) {
            unread.add(name);
        }
    }

    private void close() {
        while (!unread.isEmpty()) {
            ClassFile file = base.get(unread.remove());
            file.parents.forEach(this::keep);
            file.names.stream().filter(this::isThrown).forEach(this::keep);
        }
    }

    private boolean isThrown(String name) {
        ClassFile file = base.get(name);
        return file != null
                && (name.equals("java/lang/Throwable")
                        || file.parents.stream().anyMatch(this::isThrown));
    }

    /** Reads the constant pool and what follows it up to the interfaces (JVMS 4.1, 4.4). */
    private static ClassFile read(Path path) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(path)));
        in.skipBytes(8); // magic and version
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        int[] classes = new int[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> classes[i] = in.readUnsignedShort();
                case 8, 16, 19, 20 -> in.skipBytes(2);
                case 15 -> in.skipBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipBytes(4);
                case 5, 6 -> {
                    in.skipBytes(8);
                    i++;
                }
                default -> throw new IOException(path + ": unknown constant " + tag);
            }
        }
        Set<String> names = new TreeSet<>();
        for (int text : classes) {
            if (text != 0) {
                names.add(texts[text].replaceAll("^\\[+L?|;$", ""));
            }
        }
        in.skipBytes(4); // access flags, this class
        Set<String> parents = new TreeSet<>();
        int parent = in.readUnsignedShort();
        if (parent != 0) {
            parents.add(texts[classes[parent]]);
        }
        for (int interfaces = in.readUnsignedShort(); interfaces > 0; interfaces--) {
            parents.add(texts[classes[in.readUnsignedShort()]]);
        }
        return new ClassFile(parents, names);
    }
}
