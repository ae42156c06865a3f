package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import java.util.List;

/**
 * Default values for a definition, and the architectures it may name.
 *
 * @param arch libvirt's name of the host's architecture
 * @param guestArchs the architectures that containers may have; holds {@code arch}
 * @param emulator the text printed as the emulator; clients want one although containers have none
 */
public record DomainDefaults(String arch, List<String> guestArchs, String emulator) {
    /** libvirt's own, so that definitions look the same on both. */
    public static final String LIBVIRT_EMULATOR = "/usr/lib/libvirt/libvirt_lxc";

    private static final DomainDefaults HOST = forArch(System.getProperty("os.arch"));

    public DomainDefaults {
        guestArchs = List.copyOf(guestArchs);
        if (!guestArchs.contains(arch)) {
            throw new IllegalArgumentException("guestArchs: %s (expected: holds %s)".formatted(guestArchs, arch));
        }
    }

    /** For the machine this runs on. */
    public static DomainDefaults host() {
        return HOST;
    }

    /** For a machine by the JDK's name: amd64, aarch64... */
    public static DomainDefaults forArch(String javaName) {
        String arch = javaName.equals("amd64") ? "x86_64" : javaName;
        // A 64-bit x86 kernel runs 32-bit programs; other pairs depend on the very machine.
        List<String> guests = arch.equals("x86_64") ? List.of("x86_64", "i686") : List.of(arch);
        return new DomainDefaults(arch, guests, LIBVIRT_EMULATOR);
    }

    /** Refuses an architecture the machine can't run. */
    void check(String osType, String guestArch) {
        if (!guestArchs.contains(guestArch)) {
            throw XmlException.invalidArgument("could not find capabilities for ostype=%s arch=%s domaintype=lxc "
                            .formatted(osType, guestArch))
                    .from(XmlOrigin.CAPABILITIES);
        }
    }
}
