package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import java.util.Set;

/** The program started inside: type, architecture, init, and init's arguments and environment. */
final class OsRules {
    private static final Set<String> OPTIONAL = Set.of("initdir", "inituser", "initgroup", "cmdline");

    /** Types of other hypervisors (virDomainOSType). */
    private static final Set<String> OTHER_TYPES = Set.of("hvm", "xen", "linux", "uml", "xenpvh");

    static final Set<String> ARCHS = Set.of(
            "alpha",
            "armv6l",
            "armv7l",
            "armv7b",
            "aarch64",
            "cris",
            "i686",
            "ia64",
            "lm32",
            "m68k",
            "microblaze",
            "microblazeel",
            "mips",
            "mipsel",
            "mips64",
            "mips64el",
            "openrisc",
            "parisc",
            "parisc64",
            "ppc",
            "ppc64",
            "ppc64le",
            "ppcemb",
            "riscv32",
            "riscv64",
            "s390",
            "s390x",
            "sh4",
            "sh4eb",
            "sparc",
            "sparc64",
            "unicore32",
            "x86_64",
            "xtensa",
            "xtensaeb",
            "loongarch64");

    private OsRules() {}

    static XmlElement apply(XmlElement domain, DomainDefaults defaults) {
        XmlElement type = domain.path("os", "type");
        if (type == null || type.text().isEmpty()) {
            throw XmlException.malformed("an os <type> must be specified");
        }
        String arch = type.attribute("arch", defaults.arch());
        if (!ARCHS.contains(arch)) {
            throw XmlException.unsupported("Unknown architecture " + arch);
        }
        checkType(type.text(), arch);
        defaults.check(type.text(), arch);
        if (domain.child("os").childText("init").orElse("").isEmpty()) {
            throw XmlException.malformed("init binary must be specified");
        }
        checkArguments(domain.child("os"));
        return domain.mapChild(
                "os", os -> TreeChanges.withoutEmpty(os, OPTIONAL).mapChild("type", old -> old.with("arch", arch)));
    }

    private static void checkType(String type, String arch) {
        if (OTHER_TYPES.contains(type)) {
            throw XmlException.invalidArgument(
                            "could not find capabilities for arch=%s domaintype=lxc ".formatted(arch))
                    .from(XmlOrigin.CAPABILITIES);
        }
        if (!type.equals("exe")) {
            throw XmlException.unsupported("unknown OS type '%s'".formatted(type));
        }
    }

    private static void checkArguments(XmlElement os) {
        for (XmlElement argument : os.elements("initarg")) {
            if (argument.text().isEmpty()) {
                throw XmlException.malformed("No data supplied for <initarg> element");
            }
        }
        for (XmlElement variable : os.elements("initenv")) {
            if (variable.attribute("name", "").isEmpty()) {
                throw XmlException.malformed("No name supplied for <initenv> element");
            }
            if (variable.text().isEmpty()) {
                throw XmlException.malformed(
                        "No value supplied for <initenv name='%s'> element".formatted(variable.attribute("name")));
            }
        }
    }
}
