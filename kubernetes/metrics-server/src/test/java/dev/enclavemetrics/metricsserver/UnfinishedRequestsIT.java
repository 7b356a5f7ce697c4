package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.testing.PackagedServer;
import dev.enclavemetrics.testing.UnfinishedRequestsSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class UnfinishedRequestsIT extends UnfinishedRequestsSuite {

    @Override
    protected PackagedServer server(Path folder) throws IOException {
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(
                kubeconfig,
                """
                current-context: none
                contexts: [{name: none, context: {cluster: none, user: none}}]
                clusters: [{name: none, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: none, user: {}}]
                """);
        return new PackagedServer("metrics-server", "--kubeconfig=" + kubeconfig);
    }
}
