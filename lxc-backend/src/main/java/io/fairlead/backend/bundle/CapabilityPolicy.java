package io.fairlead.backend.bundle;

import io.fairlead.linux.sys.KernelFile;
import io.fairlead.xml.domain.model.Capability;
import io.fairlead.xml.domain.model.Features;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The capabilities that init gets: the definition's policy and its exceptions, but never more than this daemon has.
 *
 * @param granted kernel names without CAP_, in the kernel's order
 * @param named capabilities that the definition turned on by name
 */
public record CapabilityPolicy(Set<String> granted, Set<String> named) {
    /** In the order of their numbers (linux/capability.h, 6.1). */
    private static final List<String> KERNEL = List.of(
            "CHOWN",
            "DAC_OVERRIDE",
            "DAC_READ_SEARCH",
            "FOWNER",
            "FSETID",
            "KILL",
            "SETGID",
            "SETUID",
            "SETPCAP",
            "LINUX_IMMUTABLE",
            "NET_BIND_SERVICE",
            "NET_BROADCAST",
            "NET_ADMIN",
            "NET_RAW",
            "IPC_LOCK",
            "IPC_OWNER",
            "SYS_MODULE",
            "SYS_RAWIO",
            "SYS_CHROOT",
            "SYS_PTRACE",
            "SYS_PACCT",
            "SYS_ADMIN",
            "SYS_BOOT",
            "SYS_NICE",
            "SYS_RESOURCE",
            "SYS_TIME",
            "SYS_TTY_CONFIG",
            "MKNOD",
            "LEASE",
            "AUDIT_WRITE",
            "AUDIT_CONTROL",
            "SETFCAP",
            "MAC_OVERRIDE",
            "MAC_ADMIN",
            "SYSLOG",
            "WAKE_ALARM",
            "BLOCK_SUSPEND",
            "AUDIT_READ",
            "PERFMON",
            "BPF",
            "CHECKPOINT_RESTORE");

    // libvirt's own list: these reach beyond any namespace.
    private static final Set<String> DROPPED_BY_DEFAULT =
            Set.of("SYS_MODULE", "SYS_TIME", "MKNOD", "AUDIT_CONTROL", "MAC_ADMIN");

    /** @param available the capabilities that this daemon can grant */
    static CapabilityPolicy of(Confinement confinement, Set<String> available) {
        return of(confinement.capabilityPolicy(), confinement.capabilities(), available);
    }

    /**
     * @param policy for capabilities that are not named
     * @param states whether a capability is on, by its name
     * @param available the capabilities that this daemon can grant
     */
    static CapabilityPolicy of(
            Features.CapabilityPolicy policy, Map<Capability, Boolean> states, Set<String> available) {
        Set<String> granted = new LinkedHashSet<>();
        Set<String> named = new LinkedHashSet<>();
        for (String capability : KERNEL) {
            Boolean state = Capability.ofXmlName(capability.toLowerCase(Locale.ROOT))
                    .map(states::get)
                    .orElse(null);
            boolean on = state != null ? state : byPolicy(policy, capability);
            if (on && available.contains(capability)) {
                granted.add(capability);
                if (state != null) {
                    named.add(capability);
                }
            }
        }
        return new CapabilityPolicy(granted, named);
    }

    private static boolean byPolicy(Features.CapabilityPolicy policy, String capability) {
        return switch (policy) {
            case ALLOW -> true;
            case DENY -> false;
            case DEFAULT -> !DROPPED_BY_DEFAULT.contains(capability);
        };
    }

    /** The capabilities that this process can grant: its permitted set, within its bounding set. */
    public static Set<String> ownCapabilities() throws IOException {
        long mask = -1;
        for (String line : KernelFile.readLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("CapPrm:") || line.startsWith("CapBnd:")) {
                mask &= Long.parseUnsignedLong(
                        line.substring("CapPrm:".length()).trim(), 16);
            }
        }
        Set<String> own = new LinkedHashSet<>();
        for (int number = 0; number < KERNEL.size(); number++) {
            if ((mask & (1L << number)) != 0) {
                own.add(KERNEL.get(number));
            }
        }
        return own;
    }

    /** Whether init may make device nodes. The devices cgroup must allow that, too. */
    boolean makesNodes() {
        return granted.contains("MKNOD");
    }

    OciSpec.Capabilities toSpec() {
        List<String> names = granted.stream().map(name -> "CAP_" + name).toList();
        return new OciSpec.Capabilities(names, names, names);
    }
}
