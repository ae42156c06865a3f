package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.Init;
import io.fairlead.backend.bundle.OciSpec.Process;
import io.fairlead.backend.bundle.OciSpec.Rlimit;
import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.process.ResourceLimit;
import io.fairlead.linux.process.ResourceLimit.Resource;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Init's program, user, environment and limits. */
final class GuestProcess {
    // systemd's value for a service on Debian 12. A program that tries all descriptors up to the limit must not take
    // minutes.
    private static final long OPEN_FILES_SOFT = 1024;
    private static final long OPEN_FILES_HARD = 524_288;

    private GuestProcess() {}

    static Process of(GuestPlan plan, CapabilityPolicy capabilities, GuestTree guest) throws IOException {
        Init init = plan.init();
        RootedTree tree = guest.inside();
        List<String> environment = environment(plan);
        if (guest.mounted()) {
            new InitProgram(plan, tree).require(environment);
        }
        OciSpec.User user = UserNames.resolve(tree, init.user(), init.group());
        return new Process(
                true,
                user,
                init.command(),
                environment,
                init.directory() == null ? "/" : init.directory(),
                capabilities.toSpec(),
                limits(),
                // A root without capabilities, or a user other than root, must not gain rights from setuid programs.
                user.uid() != 0 || capabilities.denying());
    }

    // The order and the values are those of libvirt's own driver.
    private static List<String> environment(GuestPlan plan) {
        List<String> environment = new ArrayList<>(List.of(
                "PATH=/bin:/sbin",
                "TERM=linux",
                "container=lxc-libvirt",
                "HOME=/",
                "container_uuid=" + plan.uuid(),
                "LIBVIRT_LXC_UUID=" + plan.uuid(),
                "LIBVIRT_LXC_NAME=" + plan.name()));
        if (plan.init().commandLine() != null) {
            environment.add("LIBVIRT_LXC_CMDLINE=" + plan.init().commandLine());
        }
        environment.addAll(plan.init().environment());
        return environment;
    }

    // Never above the daemon's own limits, which its administrator may have set on purpose.
    private static List<Rlimit> limits() throws IOException {
        ResourceLimit files =
                new ResourceLimit(OPEN_FILES_SOFT, OPEN_FILES_HARD).cappedAt(ResourceLimit.own(Resource.NOFILE));
        ResourceLimit processes = ResourceLimit.own(Resource.NPROC);
        ResourceLimit cores =
                new ResourceLimit(0, ResourceLimit.own(Resource.CORE).hard());
        return List.of(limit("RLIMIT_NOFILE", files), limit("RLIMIT_NPROC", processes), limit("RLIMIT_CORE", cores));
    }

    private static Rlimit limit(String type, ResourceLimit limit) {
        return new Rlimit(type, unsigned(limit.hard()), unsigned(limit.soft()));
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
