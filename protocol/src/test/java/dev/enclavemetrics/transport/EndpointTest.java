package dev.enclavemetrics.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointTest {

    private static final String FORM =
            "an endpoint must be vsock:CID:PORT, unix:PATH or hybrid:PATH:PORT, found ";

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of("vsock:16:59090", new Endpoint.Vsock(16, 59090)),
                Arguments.of("vsock:any:59090", new Endpoint.Vsock(Endpoint.ANY_CID, 59090)),
                Arguments.of("vsock:0:1", new Endpoint.Vsock(0, 1)),
                Arguments.of(
                        "vsock:4294967294:2147483647", new Endpoint.Vsock(-2, Integer.MAX_VALUE)),
                Arguments.of("unix:/run/a.sock", new Endpoint.Unix("/run/a.sock")),
                Arguments.of("unix:a", new Endpoint.Unix("a")),
                Arguments.of("unix:/run/a:b", new Endpoint.Unix("/run/a:b")),
                Arguments.of(
                        "unix:" + "é".repeat(51) + "a", new Endpoint.Unix("é".repeat(51) + "a")),
                Arguments.of("hybrid:/run/v:59090", new Endpoint.Hybrid("/run/v", 59090)),
                Arguments.of("hybrid:/run/v:1:59090", new Endpoint.Hybrid("/run/v:1", 59090)));
    }

    @ParameterizedTest
    @MethodSource("good")
    void parsesAndPrintsTheSameForm(String text, Endpoint endpoint) {
        assertThat(Endpoint.parse(text)).isEqualTo(endpoint);
        assertThat(endpoint).hasToString(text);
    }

    @Test
    void printsTheHighestCidAsAny() {
        assertThat(Endpoint.parse("vsock:4294967295:1")).hasToString("vsock:any:1");
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "vsock",
        "vsock:",
        "vsock:16",
        "vsock::59090",
        "unix",
        "unix:",
        "hybrid:/run/v",
        "hybrid::59090",
        "tcp:127.0.0.1:59090",
        "VSOCK:16:59090",
        "/run/a.sock",
    })
    void refusesWhatHasNoneOfTheForms(String text) {
        assertRefused(text, FORM + (text.isEmpty() ? "nothing" : text));
    }

    @ParameterizedTest
    @CsvSource({
        "vsock:x:1, 'the CID must be a whole number or any, found x'",
        "vsock:-1:1, 'the CID must be a whole number or any, found -1'",
        "vsock:4294967296:1, 'the CID must be a whole number or any, found 4294967296'",
        "vsock:3:4:5, 'the CID must be a whole number or any, found 3:4'",
        "vsock:16:0, 'the port must be 1 to 2147483647, found 0'",
        "vsock:16:-1, 'the port must be 1 to 2147483647, found -1'",
        "vsock:16:2147483648, 'the port must be 1 to 2147483647, found 2147483648'",
        "vsock:16:, 'the port must be 1 to 2147483647, found '",
        "hybrid:/run/v:x, 'the port must be 1 to 2147483647, found x'",
        "hybrid:/run/v:, 'the port must be 1 to 2147483647, found '",
    })
    void refusesANumberOutsideItsRange(String text, String message) {
        assertRefused(text, message + " in " + text);
    }

    @Test
    void refusesAPathThatTheKernelWouldCut() {
        String path = "/" + "a".repeat(103);

        assertRefused(
                "unix:" + path,
                "a socket's path must be 1 to 103 bytes, found 104 in unix:" + path);
        assertRefused(
                "hybrid:" + path + ":1",
                "a socket's path must be 1 to 103 bytes, found 104 in hybrid:" + path + ":1");
    }

    @Test
    void countsBytesAndNotCharacters() {
        String path = "é".repeat(52);

        assertRefused(
                "unix:" + path,
                "a socket's path must be 1 to 103 bytes, found 104 in unix:" + path);
    }

    @Test
    void refusesANulInAPath() {
        assertRefused(
                "unix:/run/\0a",
                "a socket's path must not contain NUL, found one in unix:/run/\0a");
    }

    @Test
    void guardsRecordsThatWereNotParsed() {
        assertThatThrownBy(() -> new Endpoint.Vsock(16, 0))
                .hasMessage("the port must be 1 to 2147483647, found 0");
        assertThatThrownBy(() -> new Endpoint.Unix(""))
                .hasMessage("a socket's path must be 1 to 103 bytes, found 0");
        assertThatThrownBy(() -> new Endpoint.Hybrid("/run/v", -1))
                .hasMessage("the port must be 1 to 2147483647, found -1");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
