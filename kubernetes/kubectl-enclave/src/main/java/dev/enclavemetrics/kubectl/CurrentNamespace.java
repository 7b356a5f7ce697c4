package dev.enclavemetrics.kubectl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The namespace that kubectl would ask if none is named: the context's, or a pod's own. */
final class CurrentNamespace {

    static final Path OF_POD = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    private static final String DEFAULT = "default";

    private CurrentNamespace() {}

    /**
     * @param ofPod the file that has it in a pod
     */
    static String of(Kubectl kubectl, Path ofPod) throws KubectlException {
        String text;
        try {
            text = ofContext(kubectl);
        } catch (KubectlException e) {
            // No context is no failure; whatever else is wrong, the first request will tell.
            text = read(ofPod);
        }
        String namespace = text.isBlank() ? DEFAULT : text.strip();
        if (!Selection.isNamespace(namespace)) {
            throw new KubectlException(
                    "the context's namespace must be a DNS label, found \""
                            + namespace
                            + "\"; correct it, or name one with -n");
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
