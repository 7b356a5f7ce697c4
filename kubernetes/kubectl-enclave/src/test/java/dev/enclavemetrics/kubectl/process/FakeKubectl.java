package dev.enclavemetrics.kubectl.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cluster with the responses of a test. It rejects other requests as a real one does. */
public final class FakeKubectl implements Kubectl {

    public static final String GROUP = "/apis/custom.metrics.k8s.io";

    /** The query with the selector of confidential pods, as in paths. */
    public static final String MANAGED = "?labelSelector=nitro.k8s.anjuna.io%2Fmanaged%3Dyes";

    private final Map<String, String> answers = new LinkedHashMap<>();
    private final List<String> requests = new ArrayList<>();

    /** Sets the response to requests that start with this text. Later calls take precedence. */
    public FakeKubectl answers(String request, String answer) {
        answers.put(request, answer);
        return this;
    }

    /** Sets the response to a path. */
    public FakeKubectl serves(String path, String answer) {
        return answers("get --raw " + path, answer);
    }

    public FakeKubectl forbids(String request, String resource) {
        return answers(
                request,
                "Error from server (Forbidden): "
                        + resource
                        + " \"*\" is forbidden: User \"reader\" cannot get resource");
    }

    @Override
    public byte[] run(String... arguments) throws KubectlException {
        String request = String.join(" ", arguments);
        requests.add(request);
        String answer =
                "Error from server (NotFound): the server could not find the requested resource";
        for (Map.Entry<String, String> known : answers.entrySet()) {
            if (request.startsWith(known.getKey())) {
                answer = known.getValue();
            }
        }
        if (answer.startsWith("Error") || answer.startsWith("error")) {
            throw KubectlException.ofOutput(answer);
        }
        return answer.getBytes(UTF_8);
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }
}
