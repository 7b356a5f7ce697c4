package dev.enclavemetrics.serving.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of Go's httpproxy. */
class NoProxyTest {

    private static final String NAME = "kubernetes.default.svc";
    private static final String ADDRESS = "10.96.0.1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                ".svc",
                "*.svc",
                "svc",
                "*.SVC",
                "kubernetes.default.svc",
                "default.svc:443",
                "a.example, ,*.svc",
                "a.example *.svc",
                "10.0.0.0/8,*.svc"
            })
    void excludesAName(String list) {
        assertThat(new NoProxy(list).excludes(NAME, 443)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",, ,",
                "vc",
                ".kubernetes.default.svc",
                "svc:6443",
                "*svc",
                "kubernetes.*.svc",
                "10.0.0.0/8",
                "10.0.0.0/",
                "/8",
                ":443",
                "[",
                "]:443",
                "http://svc",
                "<local>",
                "*.svc/8"
            })
    void doesNotExcludeANameOrDoesNotUnderstandTheEntry(String list) {
        assertThat(new NoProxy(list).excludes(NAME, 443)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "10.0.0.0/8", "10.96.0.1", "10.96.0.1:443", "x, 10.96.0.0/16 "})
    void excludesAnAddress(String list) {
        assertThat(new NoProxy(list).excludes(ADDRESS, 443)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.96.0.1:6443", "10.97.0.0/16", "10.0.0.0/33", "10.0.0.0/x", "fd00::/8"})
    void doesNotExcludeAnotherAddress(String list) {
        assertThat(new NoProxy(list).excludes(ADDRESS, 443)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "fd00::/8, fd00::1, true",
        "fd00::1, fd00::1, true",
        "[fd00::1]:443, fd00::1, true",
        "[fd00::1]:443, [fd00::1], true",
        "[fd00::1]:80, fd00::1, false",
        "fe00::/8, fd00::1, false"
    })
    void takesAddressesOfIpv6(String list, String host, boolean excluded) {
        assertThat(new NoProxy(list).excludes(host, 443)).isEqualTo(excluded);
    }

    @Test
    void excludesTheOwnMachine() {
        for (String host : new String[] {"localhost", "127.0.0.1", "127.1.2.3", "::1"}) {
            assertThat(new NoProxy("").excludes(host, 443)).isTrue();
        }
    }
}
