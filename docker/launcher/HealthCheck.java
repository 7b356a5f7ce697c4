import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;

/**
 * The image's HEALTHCHECK: exits with 0 if the launcher in this container is alive. The image has
 * no shell and no curl that could ask; the launcher itself is too large to start every 30 s.
 */
final class HealthCheck {

    private static final int TIMEOUT_MS = 3000;

    private HealthCheck() {}

    public static void main(String[] arguments) throws IOException {
        String port = System.getenv().getOrDefault("ENCLAVE_METRICS_PORT", "59090");
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        URI livez = URI.create("http://" + host + ":" + port + "/livez");
        HttpURLConnection http =
                (HttpURLConnection) livez.toURL().openConnection(Proxy.NO_PROXY);
        http.setConnectTimeout(TIMEOUT_MS);
        http.setReadTimeout(TIMEOUT_MS);
        int status;
        try {
            status = http.getResponseCode();
        } catch (IOException e) {
            System.err.println(livez + " must answer 200, found " + e.getMessage());
            System.exit(1);
            return;
        }
        System.err.println(livez + " answers " + status);
        System.exit(status == HttpURLConnection.HTTP_OK ? 0 : 1);
    }
}
