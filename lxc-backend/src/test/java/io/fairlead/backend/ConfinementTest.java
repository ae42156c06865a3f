package io.fairlead.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.backend.launch.OciRuntime;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the statements of docs/security.md from inside a container. */
@NeedsHost(
        value = HostFeature.ROOT,
        programs = {"conmon", "busybox"})
@Timeout(120)
class ConfinementTest {
    @TempDir
    private Path directory;

    static Stream<OciRuntime> runtimes() throws IOException {
        return Instance.runtimes();
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void guest_byDefault_isFilteredAndLacksWhatReachesTheHost(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            String status = instance.output("", "", "cat /proc/self/status");
            assertTrue(status.contains("Seccomp:\t2"), status);
            long bounding = Long.parseUnsignedLong(status.replaceAll("(?s).*CapBnd:\\s+(\\S+).*", "$1"), 16);
            // sys_module 16, sys_time 25, mknod 27, audit_control 30, mac_admin 33
            assertEquals(0, bounding & (1L << 16 | 1L << 25 | 1L << 27 | 1L << 30 | 1L << 33));
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void guest_byDefault_hasTheEnvironmentOfALibvirtContainer(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            String environment = instance.output("", "", "cat /proc/1/environ | tr '\\0' '\\n'");
            assertTrue(environment.contains("container=lxc-libvirt\n"), environment);
            assertTrue(environment.contains("LIBVIRT_LXC_NAME=script\n"), environment);
            assertTrue(environment.contains("PATH=/bin:/sbin\n"), environment);
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void guest_byDefault_seesNoKernelMemoryAndChangesNoKernelSetting(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            String seen = instance.output(
                    "",
                    "",
                    "head -c 4 /proc/kcore; ls /sys/firmware; echo 1 > /proc/sys/kernel/panic; echo b > /proc/sysrq-trigger;"
                            + " mkdir /sys/fs/cgroup/memory/x; touch /sys/x; echo end");
            assertFalse(seen.contains("\177ELF"), seen);
            assertTrue(seen.split("Read-only file system", -1).length > 3, seen);
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void guest_byDefault_isTheRootOfItsGroupTree(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            for (String line :
                    instance.output("", "", "cat /proc/self/cgroup").lines().toList()) {
                assertTrue(line.endsWith(":/"), line);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void guest_whenInitIsNoRoot_gainsNoPrivilegesEver(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            instance.runAs("web");
            String seen = instance.output("", "", "id; cat /proc/self/status");
            assertTrue(seen.contains("uid=33"), seen);
            assertTrue(seen.contains("NoNewPrivs:\t1"), seen);
            assertTrue(seen.contains("CapEff:\t0000000000000000"), seen);
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void guest_whenThePolicyIsDeny_hasNoCapabilityAndGainsNone(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            String seen = instance.output(
                    "<features><capabilities policy='deny'/></features>", "", "cat /proc/self/status; unshare -U true");
            assertTrue(seen.contains("CapBnd:\t0000000000000000"), seen);
            assertTrue(seen.contains("NoNewPrivs:\t1"), seen);
            assertTrue(seen.contains("Operation not permitted"), seen);
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void guest_whenALinkIsPlantedInItsTree_getsItsMountsBeneathItsRoot(OciRuntime runtime) throws Exception {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        try (Instance instance = new Instance(directory, runtime)) {
            Files.createSymbolicLink(instance.root.resolve("planted"), outside);
            // The same path inside: that is where the link must lead.
            Files.createDirectories(instance.root.resolve(outside.toString().substring(1)));
            String devices =
                    "<filesystem type='ram'><source usage='64' units='KiB'/><target dir='/planted/in'/></filesystem>";
            instance.output("", devices, "touch /planted/in/file; echo done");
            try (Stream<Path> files = Files.list(outside)) {
                assertEquals(0, files.count());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void guest_whenItsNetworkIsPrivate_hasOnlyLoopback(OciRuntime runtime) throws Exception {
        try (Instance instance = new Instance(directory, runtime)) {
            assertEquals("lo\n", instance.output("<features><privnet/></features>", "", "ls /sys/class/net"));
        }
    }
}
