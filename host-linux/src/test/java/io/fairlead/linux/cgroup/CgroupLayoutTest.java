package io.fairlead.linux.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.mount.MountTable;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CgroupLayoutTest {
    private static final String V1_MOUNTS =
            """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:9 - cgroup cgroup rw,cpu,cpuacct
            33 31 0:31 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,xattr,name=systemd
            50 1 0:31 / /srv/chroot/sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            """;
    private static final String V1_OWN =
            """
            3:memory:/system.slice/fairlead.service
            2:cpu,cpuacct:/
            1:name=systemd:/init.scope
            """;
    private static final String UNIFIED_BESIDE =
            "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n";

    @Test
    void of_whenOnlyV1IsMounted_knowsEachController() {
        CgroupLayout layout = CgroupLayout.of(MountTable.parse(V1_MOUNTS), V1_OWN, path -> Set.of());
        assertEquals(CgroupLayout.Kind.V1, layout.kind());
        assertFalse(layout.unified());
        assertEquals(Set.of("cpu", "cpuacct", "memory", "name=systemd"), layout.controllers());
        assertEquals(
                Path.of("/sys/fs/cgroup/cpu,cpuacct/a/b"),
                layout.group("/a/b").folder("cpuacct").orElseThrow());
        assertEquals(
                Path.of("/sys/fs/cgroup/memory"),
                layout.with("memory").orElseThrow().mountPoint());
        assertEquals(
                "/system.slice/fairlead.service",
                layout.ownPath(layout.with("memory").orElseThrow()));
        assertTrue(layout.group("/a").folder("io").isEmpty());
        assertEquals(3, layout.hierarchies().size());
    }

    @Test
    void of_whenV2IsMountedBesideV1_isHybridWithV1InCharge() {
        CgroupLayout layout =
                CgroupLayout.of(MountTable.parse(V1_MOUNTS + UNIFIED_BESIDE), V1_OWN + "0::/\n", path -> Set.of());
        assertEquals(CgroupLayout.Kind.HYBRID, layout.kind());
        assertFalse(layout.unified());
        assertEquals(4, layout.hierarchies().size());
        assertEquals(1, layout.with("memory").orElseThrow().version());
    }

    @Test
    void of_whenOnlyV2IsMounted_findsAllControllersThere() {
        CgroupLayout layout = CgroupLayout.of(
                MountTable.parse("30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"),
                "0::/user.slice/user-0.slice\n",
                path -> CgroupLayout.words("cpuset cpu io memory pids\n"));
        assertEquals(CgroupLayout.Kind.V2, layout.kind());
        assertTrue(layout.unified());
        assertEquals(Set.of("cpuset", "cpu", "io", "memory", "pids"), layout.controllers());
        assertEquals(
                Path.of("/sys/fs/cgroup/a"), layout.group("/a").folder("memory").orElseThrow());
        assertEquals(
                "/user.slice/user-0.slice", layout.ownPath(layout.hierarchies().get(0)));
    }

    @Test
    void of_whenATreeIsMountedOverAnother_takesTheOneOnTop() {
        CgroupLayout layout = CgroupLayout.of(
                MountTable.parse(
                        """
                        30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw
                        31 30 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw
                        33 31 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
                        """),
                "3:memory:/\n0::/\n",
                path -> Set.of());
        assertEquals(CgroupLayout.Kind.V1, layout.kind());
    }

    @Test
    void of_whenNothingIsMounted_saysNone() {
        CgroupLayout layout = CgroupLayout.of(MountTable.parse(""), "", path -> Set.of());
        assertEquals(CgroupLayout.Kind.NONE, layout.kind());
        assertTrue(layout.controllers().isEmpty());
    }
}
