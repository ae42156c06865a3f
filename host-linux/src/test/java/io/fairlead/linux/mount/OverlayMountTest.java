package io.fairlead.linux.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.TreeWriter;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsHost({HostFeature.ROOT, HostFeature.OVERLAY})
class OverlayMountTest {
    private static final Path CURRENT = Path.of("/proc/self/cwd");

    @TempDir
    private Path scratch;

    private Path folder;
    private Path target;

    @BeforeEach
    void makeFolders() throws Exception {
        folder = scratch.toRealPath();
        target = Files.createDirectory(folder.resolve("target"));
    }

    @AfterEach
    void unmountAll() throws Exception {
        Mounts.unmountBelow(folder);
    }

    /** Of so many layers, each with a file of its own; a file that all have; and one that the uppermost hides. */
    private OverlayMount overlay(Path parts, int count) throws Exception {
        Files.createDirectories(parts.resolve("trees/t/upper"));
        Files.createDirectories(parts.resolve("trees/t/work"));
        List<String> lower = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "%012x".formatted(i);
            Path layer = Files.createDirectories(parts.resolve("layers").resolve(name));
            Files.writeString(layer.resolve("own" + i), "x");
            Files.writeString(layer.resolve("common"), "layer " + i);
            lower.add(name);
        }
        Collections.reverse(lower);
        try (Fd top = Fd.open(parts.resolve("layers").resolve(lower.get(0)), 0);
                TreeWriter writer = new TreeWriter(top)) {
            writer.makeNode(writer.place("own0"), FileStat.S_IFCHR, 0, 0);
        }
        return new OverlayMount(
                parts.resolve("layers"), lower, parts.resolve("trees/t/upper"), parts.resolve("trees/t/work"));
    }

    private static long files(Path root) throws Exception {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.count();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 70, 130, 280})
    void mount_ofManyLayers_showsAllAndHidesWhatTheUppermostHides(int count) throws Exception {
        Path before = Files.readSymbolicLink(CURRENT);
        OverlayMount overlay = overlay(folder, count);
        assertTrue(overlay.fits());

        overlay.mount(target, Set.of(MountFlag.NO_DEVICES));

        assertEquals(count, files(target)); // one hidden, and the common one
        assertFalse(Files.exists(target.resolve("own0")));
        assertEquals("layer " + (count - 1), Files.readString(target.resolve("common")));
        Files.writeString(target.resolve("new"), "x");
        assertTrue(Files.exists(folder.resolve("trees/t/upper/new")));
        assertEquals(before, Files.readSymbolicLink(CURRENT), "the process went elsewhere");
        MountEntry entry = MountTable.own().at(target).orElseThrow();
        assertEquals(
                folder.resolve("trees/t/upper").toString(),
                entry.superOption("upperdir").orElseThrow());
        assertTrue(entry.options().contains("nodev"), entry.toString());
    }

    @Test
    void mount_whenPathsHaveTheKernelsSeparators_works() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("a:b,c\\d e=f"));
        overlay(odd, 3).mount(target, Set.of());

        assertEquals(3, files(target));
    }

    @Test
    void mount_whenTheLayersAreTooMany_doesNotFitAndIsRefused() throws Exception {
        OverlayMount overlay = overlay(folder, 320);

        assertFalse(overlay.fits());
        assertThrows(ErrnoException.class, () -> overlay.mount(target, Set.of()));
        assertFalse(MountTable.own().at(target).isPresent());
    }

    @Test
    void mount_whenALayerIsMissing_saysSo() throws Exception {
        OverlayMount overlay = overlay(folder, 3);
        OverlayMount more = new OverlayMount(
                overlay.folder(), List.of("nope", overlay.lower().get(0)), overlay.upper(), overlay.work());

        ErrnoException refusal = assertThrows(ErrnoException.class, () -> more.mount(target, Set.of()));
        assertEquals("ENOENT", refusal.errnoName());
    }

    @Test
    void mount_whenTheThreadIsInterrupted_isMadeAndTheInterruptIsKept() throws Exception {
        OverlayMount overlay = overlay(folder, 3);
        Thread.currentThread().interrupt();
        overlay.mount(target, Set.of());
        assertTrue(Thread.interrupted());
        assertTrue(MountTable.own().at(target).isPresent());
    }

    @Test
    void take_leavesNothingAtThePlaceAndLetsTheHolderWrite() throws Exception {
        OverlayMount overlay = overlay(folder, 130);
        overlay.mount(target, Set.of());
        try (MountTree taken = MountTree.take(target)) {
            assertFalse(MountTable.own().at(target).isPresent());
            assertEquals(0, files(target));
            try (TreeWriter writer = new TreeWriter(taken.top())) {
                writer.remove(writer.place("own5"));
                writer.makeFile(writer.place("written")).close();
            }
        }
        assertTrue(Files.exists(folder.resolve("trees/t/upper/written")));
        assertTrue(FileStat.ofLink(folder.resolve("trees/t/upper/own5")).isCharacterDevice(), "no whiteout");
        overlay.mount(target, Set.of()); // EBUSY while the taken one were up
        assertFalse(Files.exists(target.resolve("own5")));
    }
}
