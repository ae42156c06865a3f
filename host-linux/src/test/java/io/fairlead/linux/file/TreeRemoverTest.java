package io.fairlead.linux.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.mount.OverlayMount;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeRemoverTest {
    @Test
    void remove_whenLinksLeadOutside_leavesTheirTargetsAlone(@TempDir Path folder) throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Path kept = Files.writeString(outside.resolve("kept"), "x");
        Path tree = Files.createDirectories(folder.resolve("tree/a/b"));
        Files.writeString(tree.resolve("file"), "x");
        Files.createSymbolicLink(tree.resolve("link"), outside);
        Files.createSymbolicLink(tree.resolve("link-to-file"), kept);
        TreeRemover.remove(folder.resolve("tree"));
        assertFalse(Files.exists(folder.resolve("tree")));
        assertTrue(Files.exists(kept));
    }

    @Test
    void remove_whenTheFolderIsALink_refuses(@TempDir Path folder) throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside);
        assertThrows(ErrnoException.class, () -> TreeRemover.remove(link));
        assertTrue(Files.exists(outside));
    }

    @Test
    void remove_whenTheTreeIsThousandsDeep_needsNeitherStackNorDescriptors(@TempDir Path folder) throws Exception {
        Path top = Files.createDirectories(folder.resolve("deep"));
        for (int i = 0; i < 3000; i++) {
            // Built from the inside out: the whole path is longer than the kernel takes at once.
            Path next = Files.createDirectories(folder.resolve("next"));
            Files.writeString(next.resolve("file"), "x");
            Files.move(top, next.resolve("d"));
            Files.move(next, top);
        }
        TreeRemover.remove(top);
        assertFalse(Files.exists(top));
    }

    @Test
    void remove_whenItDoesNotExist_doesNothing(@TempDir Path folder) throws Exception {
        TreeRemover.remove(folder.resolve("missing"));
    }

    @Test
    @NeedsHost(HostFeature.ROOT)
    void remove_whenSomethingIsMountedInside_leavesItsContent(@TempDir Path folder) throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "x");
        Path inside = Files.createDirectories(folder.resolve("tree/mounted"));
        Mounts.bind(outside, inside, false, false);
        try {
            ErrnoException refusal =
                    assertThrows(ErrnoException.class, () -> TreeRemover.remove(folder.resolve("tree")));
            assertEquals(Errno.EXDEV, refusal.errno());
            assertTrue(Files.exists(outside.resolve("kept")));
        } finally {
            Mounts.unmount(inside);
        }
        TreeRemover.remove(folder.resolve("tree"));
        assertTrue(Files.exists(outside.resolve("kept")));
    }

    /** Its folders of lower layers can be moved nowhere. */
    @Test
    @NeedsHost({HostFeature.ROOT, HostFeature.OVERLAY})
    void remove_whenAnOverlayIsDeep_removesItAll(@TempDir Path folder) throws Exception {
        Path real = folder.toRealPath();
        Path deep = Files.createDirectories(real.resolve("lower/base/top/" + "d/".repeat(200)));
        Files.writeString(deep.resolve("file"), "x");
        for (String part : new String[] {"upper", "work", "target"}) {
            Files.createDirectory(real.resolve(part));
        }
        new OverlayMount(real.resolve("lower"), List.of("base"), real.resolve("upper"), real.resolve("work"))
                .mount(real.resolve("target"), Set.of());
        try {
            TreeRemover.remove(real.resolve("target/top"));

            assertFalse(Files.exists(real.resolve("target/top")));
            assertTrue(Files.exists(deep));
        } finally {
            Mounts.unmount(real.resolve("target"));
        }
    }
}
