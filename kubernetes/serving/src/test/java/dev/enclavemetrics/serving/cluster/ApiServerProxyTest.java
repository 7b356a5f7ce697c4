package dev.enclavemetrics.serving.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiServerProxyTest {

    private static final String SERVER = "https://10.96.0.1:443/";

    private static Config config(String server) {
        Config config = Config.empty();
        config.setMasterUrl(server);
        config.setHttpsProxy("http://client:1");
        config.setNoProxy(new String[] {"*.svc"}); // which the client rejects
        return config;
    }

    private static @Nullable String proxy(Map<String, String> environment) throws IOException {
        Config config = config(SERVER);
        new ApiServerProxy(environment).configure(config, null);
        assertThat(config.getNoProxy()).isNull();
        return config.getHttpsProxy();
    }

    @Test
    void takesNoneWithoutASetting() throws IOException {
        assertThat(proxy(Map.of("NO_PROXY", "*.svc", "HTTP_PROXY", "a:1"))).isNull();
        assertThat(proxy(Map.of("HTTPS_PROXY", ""))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy:3128, http://proxy:3128",
        "proxy:3128, http://proxy:3128",
        "proxy, http://proxy:80",
        "https://proxy/, https://proxy:443",
        "socks5://me:a%40b@proxy, socks5://me:a%40b@proxy:1080",
        "http://[fd00::1]:3128, http://[fd00::1]:3128"
    })
    void addsWhatIsOftenLeftOut(String value, String proxy) throws IOException {
        assertThat(proxy(Map.of("HTTPS_PROXY", value))).isEqualTo(proxy);
        assertThat(proxy(Map.of("https_proxy", value))).isEqualTo(proxy);
    }

    @Test
    void goesAroundTheProxyWhereNoProxySaysSo() throws IOException {
        for (String name : new String[] {"NO_PROXY", "no_proxy"}) {
            assertThat(proxy(Map.of("HTTPS_PROXY", "proxy:3128", name, "10.0.0.0/8,*.svc")))
                    .isNull();
            assertThat(proxy(Map.of("HTTPS_PROXY", "proxy:3128", name, "*.svc")))
                    .isEqualTo("http://proxy:3128");
        }
    }

    @Test
    void prefersTheKubeconfigsProxy() throws IOException {
        Config config = config(SERVER);
        new ApiServerProxy(Map.of("HTTPS_PROXY", "proxy:3128", "NO_PROXY", "*"))
                .configure(config, "http://other");

        assertThat(config.getHttpsProxy()).isEqualTo("http://other:80");
    }

    @Test
    void takesTheProxyForHttpWhereTheServerHasNoTls() throws IOException {
        Config config = config("http://api.example:8080/");
        new ApiServerProxy(Map.of("HTTPS_PROXY", "a:1", "HTTP_PROXY", "b:2"))
                .configure(config, null);

        assertThat(config.getHttpProxy()).isEqualTo("http://b:2");
    }

    @ParameterizedTest
    @CsvSource({
        "http://me:secret@proxy host:1, http://***@proxy host:1",
        "ftp://proxy:1, ftp://proxy:1",
        "http://proxy:port, http://proxy:port",
        "http://, http://",
        "http://a_b:1, http://a_b:1"
    })
    void namesTheVariableThatHoldsNoProxy(String value, String found) {
        assertThatIOException()
                .isThrownBy(() -> proxy(Map.of("HTTPS_PROXY", value)))
                .withMessage(
                        "the environment variable HTTPS_PROXY must be the address of a proxy, such"
                                + " as http://proxy.example:3128, found \""
                                + found
                                + "\"; correct it");
    }
}
