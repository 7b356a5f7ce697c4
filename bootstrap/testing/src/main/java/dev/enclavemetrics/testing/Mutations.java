package dev.enclavemetrics.testing;

import java.util.List;
import java.util.Random;

/** Changes a text at random places, reproducibly for the same seed. */
public final class Mutations {

    private static final int MAX_CHANGES = 4;

    /** Syntax of YAML and JSON, and input that breaks parsers. */
    private static final List<String> PIECES =
            List.of(
                    "",
                    " ",
                    "\n",
                    "\n  ",
                    "\t",
                    ":",
                    ": ",
                    "- ",
                    "? ",
                    ",",
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "'",
                    "&a ",
                    "*a",
                    "!!str ",
                    "!x ",
                    "<<: ",
                    "|\n",
                    ">\n",
                    "#",
                    "---\n",
                    "...\n",
                    "~",
                    "null",
                    "true",
                    "1",
                    "-1",
                    "1e999999999",
                    "0x1f",
                    ".nan",
                    "%",
                    "\u0000",
                    "\uFEFF",
                    "\u00e4",
                    "\ud83d\ude00",
                    "\ud800");

    private final Random random;

    public Mutations(long seed) {
        random = new Random(seed);
    }

    /** The text with random changes: parts removed, repeated or replaced. */
    public String of(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(MAX_CHANGES); i >= 0; i--) {
            int start = random.nextInt(changed.length() + 1);
            int end = Math.min(changed.length(), start + random.nextInt(20));
            String piece =
                    random.nextBoolean()
                            ? PIECES.get(random.nextInt(PIECES.size()))
                            : changed.substring(start, end);
            int place = random.nextInt(changed.length() + 1);
            if (random.nextBoolean()) {
                changed.insert(place, piece);
            } else {
                changed.replace(start, end, piece);
            }
        }
        return changed.toString();
    }
}
