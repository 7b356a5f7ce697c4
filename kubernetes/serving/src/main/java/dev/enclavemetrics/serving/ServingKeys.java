package dev.enclavemetrics.serving;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The pair that new connections are served with. It can be exchanged at any time: a handshake that
 * runs meanwhile ends with the pair that it began with, and connections that are open live on.
 */
final class ServingKeys extends X509ExtendedKeyManager {

    private record Named(String alias, ServingPair pair) {}

    /** The newest first, then its predecessor. */
    private volatile List<Named> pairs;

    ServingKeys(ServingPair first) {
        pairs = List.of(new Named("0", first));
    }

    /** For one thread. */
    void exchange(ServingPair pair) {
        Named newest = pairs.get(0);
        String alias = String.valueOf(Long.parseLong(newest.alias) + 1);
        pairs = List.of(new Named(alias, pair), newest);
    }

    ServingPair current() {
        return pairs.get(0).pair;
    }

    private @Nullable ServingPair pair(String alias) {
        for (Named named : pairs) {
            if (named.alias.equals(alias)) {
                return named.pair;
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Named newest = pairs.get(0);
        return newest.pair.keyType().equals(keyType) ? newest.alias : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        ServingPair pair = pair(alias);
        return pair == null ? null : pair.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ServingPair pair = pair(alias);
        return pair == null ? null : pair.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null; // only servers have these keys
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String toString() {
        return Arrays.toString(
                current().chain().stream()
                        .map(c -> c.getSubjectX500Principal().getName())
                        .toArray());
    }
}
