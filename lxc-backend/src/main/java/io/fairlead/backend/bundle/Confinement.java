package io.fairlead.backend.bundle;

import io.fairlead.linux.process.ResourceLimit;
import io.fairlead.linux.process.ResourceLimit.Resource;
import io.fairlead.xml.domain.model.Capability;
import io.fairlead.xml.domain.model.Features;
import java.util.List;
import java.util.Map;

/**
 * What holds a guest back, beside its namespaces and limits (docs/security.md).
 *
 * @param capabilityPolicy for the capabilities that are not named
 * @param capabilities whether a named capability is on
 * @param masked paths that the guest sees empty
 * @param readOnly paths that the guest cannot write to
 * @param resourceLimits limits of init that differ from the usual ones; children inherit them
 * @param kernelSettings of the guest's own namespaces, by the name that sysctl(8) knows: {@code net.ipv4.ip_forward}
 * @param propagation of the root's mount: private, slave, shared or unbindable
 */
record Confinement(
        Features.CapabilityPolicy capabilityPolicy,
        Map<Capability, Boolean> capabilities,
        NewPrivileges newPrivileges,
        Filter filter,
        List<String> masked,
        List<String> readOnly,
        Map<Resource, ResourceLimit> resourceLimits,
        Map<String, String> kernelSettings,
        String propagation) {
    /** Whether a program may have more rights than the one that runs it, such as a setuid program (no_new_privs). */
    enum NewPrivileges {
        /** Never. */
        NONE,
        /** Only if init runs as root: then the guest is a system of its own, with su and sudo. */
        FOR_ROOT,
        /** As on a host. */
        FOR_ALL;

        boolean forbiddenTo(long user) {
            return this == NONE || this == FOR_ROOT && user != 0;
        }
    }

    /** Which system calls are refused. */
    enum Filter {
        /** Those of {@link SystemCallFilter}. */
        STANDARD,
        /** None. */
        OFF
    }

    // Docker's list, on which runtimes agree: kernel facts about the host, and access to its hardware.
    private static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware",
            "/sys/devices/virtual/powercap");
    private static final List<String> READ_ONLY =
            List.of("/proc/asound", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    Confinement {
        capabilities = Map.copyOf(capabilities);
        masked = List.copyOf(masked);
        readOnly = List.copyOf(readOnly);
        resourceLimits = Map.copyOf(resourceLimits);
        kernelSettings = Map.copyOf(kernelSettings);
    }

    /** That of a libvirt definition. A root without capabilities must not gain rights from setuid programs. */
    static Confinement of(Features features) {
        return new Confinement(
                features.policy(),
                features.capabilities(),
                features.policy() == Features.CapabilityPolicy.DENY ? NewPrivileges.NONE : NewPrivileges.FOR_ROOT,
                Filter.STANDARD,
                MASKED,
                READ_ONLY,
                Map.of(),
                Map.of(),
                "private");
    }
}
