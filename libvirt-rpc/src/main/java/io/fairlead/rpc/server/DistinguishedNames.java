package io.fairlead.rpc.server;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Names of certificates, written as GnuTLS and so libvirt's allow list write them: in the certificate's order. */
final class DistinguishedNames {
    // GnuTLS's names of attributes beside those of RFC 2253 (lib/x509/common.c).
    private static final Map<String, String> NAMES = Map.of(
            "1.2.840.113549.1.9.1",
            "EMAIL",
            "2.5.4.5",
            "serialNumber",
            "2.5.4.12",
            "title",
            "2.5.4.4",
            "surName",
            "2.5.4.42",
            "givenName",
            "2.5.4.46",
            "dnQualifier");

    private DistinguishedNames() {}

    static String of(X500Principal principal) {
        try {
            // LdapName's list starts at the right end of the text, which is the certificate's first.
            return new LdapName(principal.getName(X500Principal.RFC2253, NAMES))
                    .getRdns().stream().map(Rdn::toString).collect(Collectors.joining(","));
        } catch (InvalidNameException e) {
            throw new IllegalArgumentException("certificate name %s is not a name".formatted(principal), e);
        }
    }

    /** @param patterns names with {@code *} for any text and {@code ?} for one character; null allows everyone */
    static boolean isAllowed(String name, List<String> patterns) {
        return patterns == null || patterns.stream().anyMatch(pattern -> matches(name, pattern));
    }

    private static boolean matches(String name, String pattern) {
        StringBuilder regex = new StringBuilder();
        pattern.codePoints().forEach(c -> {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
    }
}
