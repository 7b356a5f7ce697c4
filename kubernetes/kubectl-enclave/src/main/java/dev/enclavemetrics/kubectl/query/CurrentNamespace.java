package dev.enclavemetrics.kubectl.query;

import dev.enclavemetrics.kubectl.process.Kubectl;
import dev.enclavemetrics.kubectl.process.KubectlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The namespace that kubectl uses by default: of the context, or of the pod it runs in. */
public final class CurrentNamespace {

    public static final Path OF_POD =
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    private static final String DEFAULT = "default";

    private CurrentNamespace() {}

    /**
     * Finds the namespace.
     *
     * @param ofPod the file with the namespace, if this runs in a pod
     */
    public static String of(Kubectl kubectl, Path ofPod) throws KubectlException {
        String text;
        try {
            text = ofContext(kubectl);
        } catch (KubectlException e) {
            // A missing context is not an error. Any other error shows up in the first request.
            text = read(ofPod);
        }
        String namespace = text.isBlank() ? DEFAULT : text.strip();
        if (!Selection.isNamespace(namespace)) {
            throw new KubectlException(
                    "the context's namespace must be a DNS label, found \""
                            + namespace
                            + "\"; correct it, or set one with -n");
        }
        return namespace;
    }

    private static String ofContext(Kubectl kubectl) throws KubectlException {
        byte[] answer =
                kubectl.run(
                        "config",
                        "view",
                        "--minify",
                        "--output=jsonpath={.contexts[0].context.namespace}");
        return new String(answer, StandardCharsets.UTF_8);
    }

    private static String read(Path ofPod) {
        try {
            return Files.readString(ofPod);
        } catch (IOException e) {
            return DEFAULT;
        }
    }
}
