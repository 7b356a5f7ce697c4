package dev.enclavemetrics.metricsserver.auth;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * The parts of a certificate's subject that Kubernetes uses.
 *
 * @param name the common name, which is the user's; empty if there is none
 * @param organizations the user's groups
 */
record SubjectName(String name, List<String> organizations) {

    static final SubjectName NONE = new SubjectName("", List.of());

    SubjectName {
        organizations = List.copyOf(organizations);
    }

    /** The subject of the first certificate. */
    static SubjectName of(List<X509Certificate> chain) {
        String name = "";
        List<String> organizations = new ArrayList<>();
        try {
            for (Rdn rdn : new LdapName(text(chain.get(0))).getRdns()) {
                if (rdn.getValue() instanceof String value) { // else an encoding without text
                    switch (rdn.getType().toUpperCase(Locale.ROOT)) {
                        case "CN" -> name = value;
                        case "O" -> organizations.add(value);
                        default -> {}
                    }
                }
            }
        } catch (InvalidNameException e) {
            return NONE;
        }
        return new SubjectName(name, organizations);
    }

    private static String text(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, Map.of());
    }
}
