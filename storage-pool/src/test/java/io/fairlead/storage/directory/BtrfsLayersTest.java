package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.linux.btrfs.Subvolumes;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.LoopMount;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.layer.TarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP, HostFeature.BTRFS},
        programs = {"mkfs.btrfs", "python3"})
class BtrfsLayersTest extends DirectoryLayersContract {
    @TempDir
    Path temporary;

    private LoopMount mount;

    @Override
    protected Path scratch() throws IOException {
        if (mount == null) {
            mount = LoopMount.make(temporary, "btrfs", 512L << 20);
        }
        return mount.folder();
    }

    @AfterEach
    void unmount() throws IOException {
        mount.close();
    }

    @Test
    void layer_isReadOnlyEvenForRoot() throws IOException {
        importBase(new TarBuilder().file("file", "x"));
        Path tree = folder().resolve(".fairlead/frozen").resolve(BASE).resolve("tree");

        assertThrows(IOException.class, () -> Files.writeString(tree.resolve("file"), "y"));
    }

    @Test
    void start_whenADaemonDiedImporting_removesItsRest() throws IOException {
        importBase(new TarBuilder().file("base", "x"));
        Path own = Files.createDirectory(folder().resolve(".fairlead-new-dead-1"));
        Subvolumes.snapshot(folder().resolve(".fairlead/frozen").resolve(BASE).resolve("tree"), own.resolve("tree"));
        Files.writeString(own.resolve("tree/half"), "x");
        Path frozen = Files.createDirectory(folder().resolve(".fairlead-new-dead-2"));
        Subvolumes.freeze(own.resolve("tree"), frozen.resolve("tree"));

        restart();

        assertNoRemains();
        importUpper(new TarBuilder().file("upper", "x"));
    }
}
