package io.fairlead.linux.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a kernel with quotas; runs in User-Mode Linux. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP, HostFeature.QUOTA},
        programs = "mkfs.xfs")
class ProjectQuotaTest {
    private static final int PROJECT = 77;
    private static final int MIB = 1 << 20;

    @TempDir
    private Path scratch;

    private Path mounted;

    private Path mount(String options) throws IOException {
        Path image = scratch.resolve("image");
        try (RandomAccessFile sparse = new RandomAccessFile(image.toFile(), "rw")) {
            sparse.setLength(512L * MIB);
        }
        Command.of("mkfs.xfs", "-q", image.toString()).run().orThrow();
        mounted = Files.createDirectory(scratch.resolve("mounted"));
        try (LoopDevice device = LoopDevices.attach(image, false)) {
            Mounts.mount(device.node().toString(), mounted, "xfs", Set.of(), options);
        }
        return mounted;
    }

    @AfterEach
    void unmount() throws IOException {
        Mounts.unmountBelow(mounted);
    }

    @Test
    void limit_whenReached_refusesWhatIsWrittenInTheFolder() throws IOException {
        Path folder = Files.createDirectory(mount("prjquota").resolve("folder"));
        assertTrue(ProjectQuota.isEnforcedAt(folder));
        assertEquals(new ProjectQuota(0, 0), ProjectQuota.of(mounted, PROJECT));
        FolderProject.assign(folder, PROJECT);
        ProjectQuota.limit(mounted, PROJECT, 8 * MIB - 1000);

        assertEquals(8 * MIB, ProjectQuota.of(folder, PROJECT).limitBytes());
        assertEquals(PROJECT, FolderProject.of(Files.createDirectory(folder.resolve("inside"))));
        assertThrows(IOException.class, () -> Files.write(folder.resolve("inside/big"), new byte[16 * MIB]));
        assertTrue(ProjectQuota.of(mounted, PROJECT).usedBytes() > 4 * MIB);
        Files.write(mounted.resolve("outside"), new byte[16 * MIB]);
        ProjectQuota.limit(mounted, PROJECT, 0);
        Files.write(folder.resolve("inside/big"), new byte[16 * MIB]);
    }

    @Test
    void isEnforcedAt_whenMountedWithout_saysNo() throws IOException {
        Path folder = mount("");
        assertFalse(ProjectQuota.isEnforcedAt(folder));
        assertEquals(0, FolderProject.of(folder));
        assertThrows(ErrnoException.class, () -> ProjectQuota.limit(folder, PROJECT, MIB));
        assertFalse(ProjectQuota.isEnforcedAt(Path.of("/proc")));
    }
}
