package io.fairlead.linux.testing;

import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.process.Command;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A file system of its own in a sparse file, mounted for one test. */
public final class LoopMount implements AutoCloseable {
    private final Path folder;

    private LoopMount(Path folder) {
        this.folder = folder;
    }

    /** @param type such as {@code btrfs}; needs {@code mkfs.TYPE} */
    public static LoopMount make(Path scratch, String type, long bytes) throws IOException {
        Path image = scratch.toRealPath().resolve("image." + type);
        try (RandomAccessFile sparse = new RandomAccessFile(image.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        Command.of("mkfs." + type, "-q", image.toString()).run().orThrow();
        Path folder = Files.createDirectories(image.resolveSibling("mounted-" + type));
        // The device goes when its last user, the mount, does.
        try (LoopDevice device = LoopDevices.attach(image, false)) {
            Mounts.mount(device.node().toString(), folder, type, Set.of(), "");
        }
        return new LoopMount(folder);
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        Mounts.unmountBelow(folder);
    }
}
