package dev.enclavemetrics.launcher.page;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The status page: one document with its style, its script and the chart library in it.
 *
 * @param html UTF-8, in a direct buffer that is never released
 * @param contentSecurityPolicy lets a browser run this style and this script, which it names by
 *     their digests, and connect to the launcher only
 */
public record StatusPage(ByteBuf html, String contentSecurityPolicy) {

    /** Builds the page from files in the jar. */
    public static StatusPage load() {
        String style = resource("uPlot.min.css") + resource("status.css");
        String script = resource("uPlot.iife.min.js") + resource("status.js");
        String html =
                resource("status.html")
                        .replace("<style></style>", "<style>" + style + "</style>")
                        .replace("<script></script>", "<script>" + script + "</script>");
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        // Direct and never released: each request sends these bytes, not a copy.
        ByteBuf body =
                Unpooled.unreleasableBuffer(
                        Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
        return new StatusPage(
                body,
                "default-src 'none'; script-src "
                        + digest(script)
                        + "; style-src "
                        + digest(style)
                        + "; img-src data:; connect-src 'self'; base-uri 'none'; form-action"
                        + " 'none'; frame-ancestors 'none'");
    }

    private static String resource(String name) {
        try (InputStream file = StatusPage.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new FileNotFoundException(
                        name + " must be in the jar, found none; build it with Maven");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String inline) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(inline.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
