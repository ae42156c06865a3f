package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.Init;
import io.fairlead.backend.bundle.OciSpec.ConsoleSize;
import io.fairlead.backend.bundle.OciSpec.Process;
import io.fairlead.backend.bundle.OciSpec.Rlimit;
import io.fairlead.core.backend.Stdio;
import io.fairlead.core.backend.TerminalSize;
import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.process.ResourceLimit;
import io.fairlead.linux.process.ResourceLimit.Resource;
import java.io.IOException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Init's program, user, environment and limits. */
final class InitProcess {
    // systemd's value for a service on Debian 12. A program that tries all descriptors up to the limit must not take
    // minutes.
    private static final long OPEN_FILES_SOFT = 1024;
    private static final long OPEN_FILES_HARD = 524_288;

    private InitProcess() {}

    static Process of(GuestPlan plan, CapabilityPolicy capabilities, GuestTree guest) throws IOException {
        Init init = plan.init();
        RootedTree tree = guest.inside();
        List<String> environment = init.wholeEnvironment();
        if (guest.mounted()) {
            new InitProgram(plan, tree).require(environment);
        }
        OciSpec.User user = UserNames.resolve(tree, init.user(), init.group());
        return new Process(
                plan.stdio().isTerminal(),
                consoleSize(plan.stdio()),
                user,
                init.command(),
                environment,
                init.directory() == null ? "/" : init.directory(),
                capabilities.toSpec(),
                limits(plan.confinement().resourceLimits()),
                plan.confinement().newPrivileges().forbiddenTo(user.uid()));
    }

    private static ConsoleSize consoleSize(Stdio stdio) {
        return stdio instanceof Stdio.Terminal terminal && !terminal.size().equals(TerminalSize.UNKNOWN)
                ? ConsoleSize.of(terminal.size())
                : null;
    }

    // The usual limits are never above the daemon's own, which its administrator may have set on purpose.
    private static List<Rlimit> limits(Map<Resource, ResourceLimit> wanted) throws IOException {
        Map<Resource, ResourceLimit> limits = new LinkedHashMap<>();
        limits.put(
                Resource.NOFILE,
                new ResourceLimit(OPEN_FILES_SOFT, OPEN_FILES_HARD).cappedAt(ResourceLimit.own(Resource.NOFILE)));
        limits.put(Resource.NPROC, ResourceLimit.own(Resource.NPROC));
        limits.put(
                Resource.CORE,
                new ResourceLimit(0, ResourceLimit.own(Resource.CORE).hard()));
        limits.putAll(new TreeMap<>(wanted));
        return limits.entrySet().stream()
                .map(entry -> limit("RLIMIT_" + entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Rlimit limit(String type, ResourceLimit limit) {
        return new Rlimit(type, unsigned(limit.hard()), unsigned(limit.soft()));
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
