package dev.enclavemetrics.serving.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;

/** A Secret that a test and several replicas write. */
final class SharedSecret implements CertificateSecret {

    final Map<String, byte[]> data = new HashMap<>();
    boolean ours = true;
    boolean unreachable;
    int writes;

    /** Runs once, after the next read. */
    Runnable between = () -> {};

    @Override
    public Found read() {
        if (unreachable) {
            throw new KubernetesClientException("nobody answers");
        }
        Found found = new Found(String.valueOf(writes), ours, data);
        Runnable now = between;
        between = () -> {};
        now.run();
        return found;
    }

    @Override
    public boolean write(Found since, Map<String, byte[]> content) {
        if (!since.version().equals(String.valueOf(writes))) {
            return false;
        }
        data.clear();
        data.putAll(content);
        writes++;
        return true;
    }

    String text(String key) {
        return new String(data.getOrDefault(key, new byte[0]), US_ASCII);
    }

    Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        data.keySet().forEach(key -> texts.put(key, text(key)));
        return texts;
    }

    void put(String key, String text) {
        data.put(key, text.getBytes(US_ASCII));
        writes++;
    }
}
