package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.testing.Corpus;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A Secret's certificate, key and CA certificates, one after the other in the input. */
class PemFuzzTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String NEXT = "\\|";

    @TestFactory
    Stream<DynamicTest> corpus() {
        return Corpus.tests(PemFuzzTest.class, PemFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String[] parts = new String(input, StandardCharsets.ISO_8859_1).split(NEXT, -1);
        try {
            SecretContents.parse(
                    VERTX,
                    Map.of(
                            "tls.crt", bytes(parts, 0),
                            "tls.key", bytes(parts, 1),
                            "ca.crt", bytes(parts, 2)));
        } catch (GeneralSecurityException e) {
            // the Secret is replaced
        }
        try {
            Pem.certificates(input);
        } catch (GeneralSecurityException e) {
            // no CA certificate is added
        }
    }

    private static byte[] bytes(String[] parts, int index) {
        String part = index < parts.length ? parts[index] : parts[0];
        return part.getBytes(StandardCharsets.ISO_8859_1);
    }
}
