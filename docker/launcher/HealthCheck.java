import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The image's HEALTHCHECK: exits with 0 if the launcher in this container is alive. The image has
 * no shell and no curl that could ask; the launcher itself is too large to start every 30 s.
 */
final class HealthCheck {

    private static final int TIMEOUT_MS = 3000;

    private HealthCheck() {}

    public static void main(String[] arguments) throws IOException {
        String bind = setting("bind", "all");
        String loopback = InetAddress.getLoopbackAddress().getHostAddress();
        String host = bind.equals("all") ? loopback : bind.contains(":") ? "[" + bind + "]" : bind;
        URI livez = URI.create("http://" + host + ":" + setting("port", "59090") + "/livez");
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

    /** A setting of the launcher, the container's first process: its flag, else its variable. */
    private static String setting(String name, String standard) throws IOException {
        String variable = "ENCLAVE_METRICS_" + name.toUpperCase(Locale.ROOT);
        String value = System.getenv().getOrDefault(variable, standard);
        byte[] command = Files.readAllBytes(Path.of("/proc/1/cmdline"));
        Iterator<String> words =
                List.of(new String(command, StandardCharsets.UTF_8).split("\0")).iterator();
        while (words.hasNext()) {
            String word = words.next();
            if (word.startsWith("--" + name + "=")) {
                value = word.substring(name.length() + 3);
            } else if (word.equals("--" + name) && words.hasNext()) {
                value = words.next();
            }
        }
        return value;
    }
}
