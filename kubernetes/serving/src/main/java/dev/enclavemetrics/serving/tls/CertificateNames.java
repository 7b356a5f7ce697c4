package dev.enclavemetrics.serving.tls;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The DNS names and IP addresses of a certificate. */
final class CertificateNames {

    private final Set<String> names;

    private CertificateNames(Set<String> names) {
        this.names = names;
    }

    static CertificateNames of(CertificateAndKey pair) {
        Set<String> found = new LinkedHashSet<>();
        try {
            Collection<List<?>> names = pair.chain().get(0).getSubjectAlternativeNames();
            if (names != null) {
                names.forEach(name -> found.add(normal(String.valueOf(name.get(1)))));
            }
        } catch (CertificateParsingException e) {
            return new CertificateNames(Set.of()); // a certificate without usable names
        }
        return new CertificateNames(found);
    }

    /** Whether it has all of these. */
    boolean cover(List<String> wanted) {
        return wanted.stream().allMatch(name -> names.contains(normal(name)));
    }

    /** Returns the wanted names, followed by its own. */
    List<String> behind(List<String> wanted) {
        Set<String> all = new LinkedHashSet<>(wanted);
        all.addAll(names);
        return List.copyOf(all);
    }

    /** Normalizes IP addresses: IPv6 has several spellings. */
    private static String normal(String name) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
        return address == null ? name : NetUtil.bytesToIpAddress(address);
    }
}
