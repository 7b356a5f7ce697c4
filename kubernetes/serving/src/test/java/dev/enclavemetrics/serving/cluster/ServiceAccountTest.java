package dev.enclavemetrics.serving.cluster;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceAccountTest {

    private static final Map<String, String> ADDRESS =
            Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "KUBERNETES_SERVICE_PORT", "443");

    @TempDir private Path folder;

    private void refused(Map<String, String> environment, String missing) {
        assertThatIOException()
                .isThrownBy(() -> new ServiceAccount(environment, folder).config())
                .withMessage(
                        "without --kubeconfig this must run in a pod that has a service account,"
                                + " found no "
                                + missing
                                + "; set a kubeconfig with --kubeconfig, or mount the service"
                                + " account's token (automountServiceAccountToken)");
    }

    @Test
    void namesAllThatIsMissingOutsideOfACluster() {
        refused(
                Map.of(),
                "KUBERNETES_SERVICE_HOST, no KUBERNETES_SERVICE_PORT, no "
                        + folder.resolve("token")
                        + ", no "
                        + folder.resolve("ca.crt"));
    }

    @Test
    void namesWhatAPodWithoutATokenLacks() throws IOException {
        Files.writeString(folder.resolve("ca.crt"), "a certificate");

        refused(ADDRESS, folder.resolve("token").toString());
    }

    @Test
    void namesTheAddressThatIsEmpty() throws IOException {
        Files.writeString(folder.resolve("ca.crt"), "a certificate");
        Files.writeString(folder.resolve("token"), "a token");

        refused(
                Map.of("KUBERNETES_SERVICE_HOST", "", "KUBERNETES_SERVICE_PORT", "443"),
                "KUBERNETES_SERVICE_HOST");
    }
}
