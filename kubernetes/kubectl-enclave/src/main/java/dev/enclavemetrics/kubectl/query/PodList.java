package dev.enclavemetrics.kubectl.query;

import dev.enclavemetrics.kubectl.process.Kubectl;
import dev.enclavemetrics.kubectl.process.KubectlException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Reads the confidential pods themselves, for fields that the metrics do not have. */
final class PodList {

    /**
     * A pod.
     *
     * @param node empty if it has none yet
     * @param phase such as Running
     */
    record Pod(PodName name, String node, String phase, boolean terminating) {}

    private static final String NONE = "<none>";

    /** kubectl then reads pods in chunks, and prints 100 bytes of each instead of 10,000. */
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
        String[] columns = line.strip().split("\\s+", 6);
        if (columns.length != 5 || !Selection.isNamespace(columns[0])) {
            throw new KubectlException(
                    "kubectl get pods must print namespace, name, node, phase and deletion of each"
                            + " pod, found "
                            + line);
        }
        return new Pod(
                new PodName(columns[0], columns[1]),
                columns[2].equals(NONE) ? "" : columns[2],
                columns[3],
                !columns[4].equals(NONE));
    }
}
