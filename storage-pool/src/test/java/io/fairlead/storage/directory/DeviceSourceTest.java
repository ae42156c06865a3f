package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP},
        programs = "mkfs.ext4")
class DeviceSourceTest {
    @TempDir
    private Path scratch;

    private PoolSpec spec(String name, Path device) throws Exception {
        return new PoolSpec(
                UUID.nameUUIDFromBytes(name.getBytes()),
                name,
                "fs",
                PoolSpec.Source.on(List.of(device), Optional.of("ext4")),
                Optional.of(Files.createDirectories(scratch.toRealPath().resolve(name))),
                Permissions.DEFAULT);
    }

    /** Each daemon has drivers of its own, which know nothing of the other's. */
    private static PoolDriver daemon() {
        return DirectoryDriver.all().stream()
                .filter(driver -> driver.type().equals("fs"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void startAndBuild_whileAnotherDaemonHasTheFileByAnotherLoopDevice_areRefused() throws Exception {
        Path image = scratch.toRealPath().resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(64 << 20);
        }
        Path otherName = Files.createLink(scratch.toRealPath().resolve("other-name"), image);
        try (LoopDevice one = LoopDevices.attach(image, false);
                LoopDevice two = LoopDevices.attach(otherName, false)) {
            PoolSpec first = spec("p1", one.node());
            PoolSpec second = spec("p2", two.node());
            daemon().build(first, PoolDriver.Build.OVERWRITE);
            PoolBackend pool = daemon().start(first);

            for (Runnable act : List.<Runnable>of(
                    () -> daemon().start(second),
                    () -> daemon().build(second, PoolDriver.Build.OVERWRITE),
                    () -> daemon().build(second, PoolDriver.Build.NO_OVERWRITE))) {
                EngineException refusal = assertThrows(EngineException.class, act::run);
                assertEquals(ErrorCode.OPERATION_FAILED, refusal.code(), refusal.getMessage());
                assertTrue(refusal.getMessage().contains(one.node().toString()), refusal.getMessage());
            }
            pool.leave(); // it died, and the next daemon finds its own mount
            pool = daemon().start(first);
            pool.stop();
            daemon().start(second).stop();
        }
    }
}
