package dev.enclavemetrics.kubectl;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The confidential pods as the API server has them, for what the metrics do not tell. */
final class PodList {

    /**
     * A pod, as far as it matters.
     *
     * @param node empty for one that has none yet
     * @param phase such as Running
     */
    record Pod(PodName name, String node, String phase, boolean terminating) {}

    private static final String NONE = "<none>";

    /** kubectl takes whole pods in pieces and prints this of them: 100 bytes each, not 10,000. */
    private static final String COLUMNS =
            "--output=custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,"
                    + "NODE:.spec.nodeName,PHASE:.status.phase,DELETED:.metadata.deletionTimestamp";

    private final Kubectl kubectl;

    PodList(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    Map<PodName, Pod> read(Selection selection) throws KubectlException {
        String namespace = selection.namespace();
        byte[] lines =
                kubectl.run(
                        "get",
                        "pods",
                        namespace == null ? "--all-namespaces" : "--namespace=" + namespace,
                        "--selector=" + selection.selector(),
                        "--no-headers",
                        "--ignore-not-found",
                        COLUMNS);
        Map<PodName, Pod> pods = new TreeMap<>();
        for (String line : new String(lines, StandardCharsets.UTF_8).lines().toList()) {
            Pod pod = pod(line);
            pods.put(pod.name(), pod);
        }
        return pods;
    }

    private static Pod pod(String line) throws KubectlException {
        String[] words = line.strip().split("\\s+", 6);
        if (words.length != 5 || !Selection.isNamespace(words[0])) {
            throw new KubectlException(
                    "kubectl get pods must print namespace, name, node, phase and deletion of each"
                            + " pod, found "
                            + line);
        }
        return new Pod(
                new PodName(words[0], words[1]),
                words[2].equals(NONE) ? "" : words[2],
                words[3],
                !words[4].equals(NONE));
    }
}
