package io.fairlead.linux.btrfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.LoopMount;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP, HostFeature.BTRFS},
        programs = "mkfs.btrfs")
class SubvolumesTest {
    private LoopMount btrfs;
    private Path folder;

    @BeforeEach
    void mount(@TempDir Path temporary) throws IOException {
        btrfs = LoopMount.make(temporary, "btrfs", 256L << 20);
        folder = btrfs.folder();
    }

    @AfterEach
    void unmount() throws IOException {
        btrfs.close();
    }

    @Test
    void snapshot_whenEitherIsWrittenLater_keepsTheOther() throws IOException {
        Path base = folder.resolve("base");
        Path copy = folder.resolve("copy");
        Subvolumes.create(base);
        Files.writeString(base.resolve("file"), "old");

        Subvolumes.snapshot(base, copy);
        Files.writeString(base.resolve("file"), "new");

        assertTrue(Subvolumes.is(copy));
        assertEquals("old", Files.readString(copy.resolve("file")));
        Subvolumes.delete(base);
        assertFalse(Files.exists(base));
        assertEquals("old", Files.readString(copy.resolve("file")));
    }

    @Test
    void create_whenTheNameIsTaken_isRefused() throws IOException {
        Subvolumes.create(folder.resolve("base"));
        ErrnoException refusal = assertThrows(ErrnoException.class, () -> Subvolumes.create(folder.resolve("base")));
        assertEquals(Errno.EEXIST, refusal.errno());
    }

    @Test
    void is_whenAFolderOrALinkToOne_saysNo() throws IOException {
        Subvolumes.create(folder.resolve("base"));
        Files.createDirectory(folder.resolve("plain"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("base"));

        assertFalse(Subvolumes.is(folder.resolve("plain")));
        assertFalse(Subvolumes.is(folder.resolve("link")));
    }

    @Test
    void limit_whenReached_refusesToWriteMore() throws IOException {
        Path base = folder.resolve("base");
        Subvolumes.create(base);
        assertEquals(Optional.empty(), SubvolumeQuota.of(base));
        SubvolumeQuota.enable(folder);
        SubvolumeQuota.limit(base, 8 << 20);

        assertEquals(8 << 20, SubvolumeQuota.of(base).orElseThrow().limitBytes());
        assertThrows(IOException.class, () -> Files.write(base.resolve("big"), new byte[32 << 20]));
    }

    @Test
    void freeze_whenAnybodyWrites_refusesAndCanBeCopiedAndDeleted() throws IOException {
        Path base = folder.resolve("base");
        Path frozen = folder.resolve("frozen");
        Subvolumes.create(base);
        Files.writeString(base.resolve("file"), "old");

        Subvolumes.freeze(base, frozen);

        Files.writeString(base.resolve("file"), "new");
        assertThrows(IOException.class, () -> Files.writeString(frozen.resolve("file"), "changed"));
        Subvolumes.snapshot(frozen, folder.resolve("copy"));
        Files.writeString(folder.resolve("copy/more"), "x");
        assertEquals("old", Files.readString(folder.resolve("copy/file")));
        Subvolumes.delete(frozen);
        assertFalse(Files.exists(frozen));
    }
}
