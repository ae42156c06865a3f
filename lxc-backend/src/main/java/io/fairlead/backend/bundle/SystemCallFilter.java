package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.OciSpec.Seccomp;
import io.fairlead.backend.bundle.OciSpec.SyscallArgument;
import io.fairlead.backend.bundle.OciSpec.Syscalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The system calls that a container may not use. It is a list of calls that are dangerous and useless in a container,
 * not of allowed ones: guests are whole systems, and a new call of a newer kernel must not break them. Each capability
 * that a definition grants shortens the list: a guest with sys_module, for instance, is meant to load modules.
 */
final class SystemCallFilter {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final long CLONE_NEWUSER = 0x10000000L;
    // AF_VSOCK reaches the hypervisor and other virtual machines (linux/socket.h).
    private static final long AF_VSOCK = 40;

    /** A family of calls, and the capability (kernel name without CAP_) that permits it; null if none does. */
    private record Family(String capability, List<String> calls) {}

    private static final List<Family> REFUSED = List.of(
            new Family("SYS_BOOT", List.of("kexec_load", "kexec_file_load")),
            new Family(
                    "SYS_MODULE",
                    List.of(
                            "init_module",
                            "finit_module",
                            "delete_module",
                            "create_module",
                            "query_module",
                            "get_kernel_syms")),
            new Family("DAC_READ_SEARCH", List.of("open_by_handle_at")),
            new Family("BPF", List.of("bpf")),
            new Family("PERFMON", List.of("perf_event_open")),
            new Family(
                    "SYS_TIME",
                    List.of(
                            "settimeofday",
                            "clock_settime",
                            "clock_settime64",
                            "clock_adjtime",
                            "clock_adjtime64",
                            "adjtimex",
                            "stime")),
            new Family("SYS_PACCT", List.of("acct")),
            new Family("SYS_RAWIO", List.of("iopl", "ioperm")),
            // The kernel's key rings, its page-fault relay, swap, quotas, NUMA settings of other processes, and
            // obsolete calls. Namespaces do not separate any of these.
            new Family(
                    null,
                    List.of(
                            "add_key",
                            "request_key",
                            "keyctl",
                            "userfaultfd",
                            "swapon",
                            "swapoff",
                            "quotactl",
                            "quotactl_fd",
                            "move_pages",
                            "migrate_pages",
                            "lookup_dcookie",
                            "nfsservctl",
                            "uselib",
                            "ustat",
                            "sysfs",
                            "_sysctl",
                            "vm86",
                            "vm86old",
                            "vserver",
                            "fanotify_init",
                            "io_uring_setup",
                            "io_uring_enter",
                            "io_uring_register")));

    // These capabilities are granted by default, but their calls are needed only by guests whose definition names them.
    private static final Set<String> ONLY_BY_NAME =
            Set.of("DAC_READ_SEARCH", "BPF", "PERFMON", "SYS_PACCT", "SYS_RAWIO", "SYS_BOOT");

    private SystemCallFilter() {}

    /**
     * @param granted capabilities in force, kernel names without CAP_
     * @param named the granted ones that the definition itself turned on
     */
    static Seccomp of(Set<String> granted, Set<String> named) {
        List<Syscalls> rules = new ArrayList<>();
        for (Family family : REFUSED) {
            if (family.capability() == null || !given(family.capability(), granted, named)) {
                boolean ring = family.capability() == null;
                List<String> calls = family.calls();
                rules.add(new Syscalls(ring ? without(calls, "io_uring_") : calls, "SCMP_ACT_ERRNO", EPERM, null));
                if (ring) {
                    // Programs probe for io_uring and fall back on ENOSYS, not on EPERM.
                    rules.add(new Syscalls(only(calls, "io_uring_"), "SCMP_ACT_ERRNO", ENOSYS, null));
                }
            }
        }
        rules.add(new Syscalls(
                List.of("socket"),
                "SCMP_ACT_ERRNO",
                EPERM,
                List.of(new SyscallArgument(0, AF_VSOCK, null, "SCMP_CMP_EQ"))));
        if (!granted.contains("SYS_ADMIN")) {
            addUserNamespaces(rules);
        }
        return new Seccomp(
                "SCMP_ACT_ALLOW", null, List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"), rules);
    }

    // A new user namespace hands out every capability inside it, and with them the kernel's least tested code.
    private static void addUserNamespaces(List<Syscalls> rules) {
        SyscallArgument newUser = new SyscallArgument(0, CLONE_NEWUSER, CLONE_NEWUSER, "SCMP_CMP_MASKED_EQ");
        rules.add(new Syscalls(List.of("unshare", "clone"), "SCMP_ACT_ERRNO", EPERM, List.of(newUser)));
        // The filter cannot look into clone3's struct; libc falls back to clone on ENOSYS.
        rules.add(new Syscalls(List.of("clone3"), "SCMP_ACT_ERRNO", ENOSYS, null));
    }

    private static boolean given(String capability, Set<String> granted, Set<String> named) {
        return granted.contains(capability) && (!ONLY_BY_NAME.contains(capability) || named.contains(capability));
    }

    private static List<String> only(List<String> calls, String prefix) {
        return calls.stream().filter(call -> call.startsWith(prefix)).toList();
    }

    private static List<String> without(List<String> calls, String prefix) {
        return calls.stream().filter(call -> !call.startsWith(prefix)).toList();
    }
}
