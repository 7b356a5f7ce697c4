package dev.enclavemetrics.kubectl.show;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal of the process. Its size comes from {@code stty}. */
public final class SttyTerminal implements Terminal {

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3}) ([1-9]\\d{0,3})\\s*");

    @Override
    public Size size() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (InputStream output = stty.getInputStream()) {
                return read(new String(output.readNBytes(64), StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            return Size.DEFAULT; // no terminal, or no stty
        }
    }

    private static Size read(String text) {
        Matcher size = SIZE.matcher(text);
        return size.matches()
                ? new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)))
                : Size.DEFAULT;
    }
}
