package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Turns a client's tree into the one libvirt would store. Applied to its own result it changes nothing. */
public final class Normaliser {
    /** Elements of which the first counts; libvirt ignores the others. */
    private static final Set<String> SINGLE = Set.of(
            "name",
            "uuid",
            "title",
            "description",
            "metadata",
            "memory",
            "currentMemory",
            "blkiotune",
            "memtune",
            "vcpu",
            "cputune",
            "numatune",
            "resource",
            "os",
            "idmap",
            "features",
            "clock",
            "on_poweroff",
            "on_reboot",
            "on_crash");

    /** Domain types of other hypervisors: known, but nothing a container driver offers (virDomainVirtType). */
    private static final Set<String> OTHER_TYPES = Set.of(
            "qemu",
            "kqemu",
            "kvm",
            "xen",
            "uml",
            "openvz",
            "test",
            "vmware",
            "hyperv",
            "vbox",
            "phyp",
            "parallels",
            "bhyve",
            "vz",
            "hvf");

    private final DomainDefaults defaults;
    private final Supplier<UUID> newUuid;
    private final Supplier<String> newMac;

    /**
     * @param newUuid asked when a definition has none
     * @param newMac asked for every interface without an address
     */
    public Normaliser(DomainDefaults defaults, Supplier<UUID> newUuid, Supplier<String> newMac) {
        this.defaults = defaults;
        this.newUuid = newUuid;
        this.newMac = newMac;
    }

    /**
     * The stored form.
     *
     * @throws XmlException in libvirt's words when the definition can't be one
     */
    public XmlElement normalise(XmlElement root) {
        if (!root.is("domain")) {
            throw XmlException.wrongRoot("domain", root);
        }
        XmlElement meant = DomainEmptyValues.TABLE.apply(
                DomainOrder.TABLE.withoutNoise(root).without("id"));
        XmlElement domain = TreeChanges.single(TreeChanges.merged(meant, "devices"), SINGLE);
        domain = IdentityRules.apply(domain, newUuid);
        domain = MemoryRules.apply(domain);
        domain = CpuRules.apply(domain);
        domain = BlkioRules.apply(domain);
        domain = OsRules.apply(checkType(domain), defaults);
        domain = IdMapRules.apply(domain);
        domain = TreeChanges.withoutEmpty(domain, Set.of("resource"));
        domain = FeatureRules.apply(domain);
        domain = ClockRules.apply(domain);
        domain = LifecycleRules.apply(domain);
        domain = NamespaceRules.apply(domain);
        domain = DeviceRules.apply(domain, defaults.emulator(), newMac);
        domain = SecurityLabelRules.apply(domain);
        return DomainOrder.TABLE.apply(domain);
    }

    /** Whether libvirt knows an architecture of that name. */
    public static boolean isArchitecture(String name) {
        return OsRules.ARCHS.contains(name);
    }

    private XmlElement checkType(XmlElement domain) {
        String type = domain.attribute("type");
        if (type == null) {
            throw new XmlException(XmlErrorKind.INTERNAL_ERROR, "missing domain type attribute");
        }
        if (OTHER_TYPES.contains(type)) {
            throw XmlException.invalidArgument("could not find capabilities for ostype=exe arch=%s domaintype=%s "
                            .formatted(defaults.arch(), type))
                    .from(XmlOrigin.CAPABILITIES);
        }
        if (!type.equals("lxc")) {
            throw XmlException.unsupported("invalid domain type " + type);
        }
        return domain;
    }
}
