package io.fairlead.storage.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.process.Command;
import io.fairlead.storage.layer.ModelTree;
import io.fairlead.storage.layer.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The duties of a pool that keeps layers, in whichever way. */
public abstract class LayerStoreContract {
    protected static final String BASE = "00000000000000000000000000000001";
    protected static final String UPPER = "00000000000000000000000000000002";
    protected static final String OTHER = "00000000000000000000000000000003";

    protected abstract PoolBackend pool();

    /** The pool as the next daemon finds it when this one is killed. */
    protected abstract void restart() throws IOException;

    /** Nothing but the layers that {@link LayerStore#all} tells, and volumes. */
    protected abstract void assertNoRemains() throws IOException;

    /** How many layers over each other are tried. */
    protected int depth() {
        return 130;
    }

    protected final LayerStore layers() {
        return pool().layers();
    }

    protected static VolumeSpec tree(String name) {
        return new VolumeSpec(name, 0, 0, VolumeSpec.TREE, Permissions.DEFAULT);
    }

    protected final void importBase(TarBuilder tar) {
        layers().importTar(BASE, Optional.empty(), tar.stream(), ImportLimits.DEFAULT);
    }

    protected final void importUpper(TarBuilder tar) {
        layers().importTar(UPPER, Optional.of(BASE), tar.stream(), ImportLimits.DEFAULT);
    }

    private interface Look {
        void at(Path root) throws Exception;
    }

    /** Composes a tree, looks at it, and deletes it. */
    private void composed(String layer, Look look) {
        layers().compose(tree("look"), layer);
        try {
            look.at(pool().activate("look"));
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            pool().deactivate("look");
            pool().delete("look");
        }
    }

    private static String run(Path folder, String... command) throws IOException {
        return Command.of(command).directory(folder).run().orThrow().output();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static void refused(ErrorCode code, Executable act) {
        EngineException refusal = assertThrows(EngineException.class, act);
        assertEquals(code, refusal.code(), refusal.getMessage());
    }

    @Test
    void importTar_whenItHoldsFilesOfAllKinds_keepsAllOfThem() throws Exception {
        String deep = "a-long-name-in-a-path/".repeat(12) + "file";
        String capability = "\1\0\0\2\0\u00a0\0\0\0\u0080\0\0\0\0\0\0\0\0\0\0"; // of version 2, which is no text
        importBase(new TarBuilder()
                .mode(0755)
                .modified(1234567890)
                .folder("./")
                .folder("./etc/")
                .mode(0640)
                .owned(100_001, 200_002)
                .file("./etc/shadow", "secret")
                .mode(04755)
                .owned(0, 0)
                .pax("mtime", "1234567890.123456789")
                .pax("SCHILY.xattr.user.note", "x\0y")
                .pax("SCHILY.xattr.system.nonsense", "left out")
                .pax("SCHILY.xattr.security.capability", capability)
                .file("su", "program")
                .hardLink("sudo", "./su")
                .link("sh", "/bin/dash")
                .fifo("pipe")
                .mode(0666)
                .characterDevice("null", 1, 3)
                .file(deep, "deep")
                .file("caf\u00e9", "in no text")
                .file("zeros", new byte[1 << 20]));

        assertEquals(List.of(new Layer(BASE, Optional.empty())), layers().all());
        composed(BASE, root -> {
            assertEquals(Instant.ofEpochSecond(1234567890), FileStat.of(root).modified());
            assertEquals(0755, FileStat.of(root).mode() & 07777);
            assertEquals(
                    Instant.ofEpochSecond(1234567890),
                    FileStat.of(root.resolve("etc")).modified());
            FileStat shadow = FileStat.of(root.resolve("etc/shadow"));
            assertEquals(
                    List.of(0640, 100_001, 200_002), List.of(shadow.mode() & 07777, shadow.user(), shadow.group()));
            FileStat su = FileStat.of(root.resolve("su"));
            assertEquals(04755, su.mode() & 07777);
            assertEquals(Instant.ofEpochSecond(1234567890, 123456789), su.modified());
            assertTrue(su.isSameFile(FileStat.of(root.resolve("sudo"))));
            assertArrayEquals("x\0y".getBytes(UTF_8), (byte[]) Files.getAttribute(root.resolve("su"), "user:note"));
            String print = "import os; print(os.getxattr('su', 'security.capability').hex())";
            assertEquals(
                    "0100000200a0000000800000" + "0".repeat(16),
                    run(root, "python3", "-c", print).strip());
            assertEquals("/bin/dash", Files.readSymbolicLink(root.resolve("sh")).toString());
            assertTrue(FileStat.of(root.resolve("pipe")).isFifo());
            FileStat device = FileStat.of(root.resolve("null"));
            assertTrue(device.isCharacterDevice());
            assertEquals(List.of(1, 3), List.of(device.deviceMajor(), device.deviceMinor()));
            assertEquals("deep", Files.readString(root.resolve(deep)));
            assertEquals(1 << 20, Files.size(root.resolve("zeros")));
            assertTrue(FileStat.of(root.resolve("zeros")).allocatedBytes() < 1 << 16);
            assertEquals("in no text", run(root, "sh", "-c", "cat caf$(printf '\\351')"));
        });
    }

    @Test
    void importTar_uponAParent_changesAndHidesWhatTheParentHas() {
        importBase(new TarBuilder()
                .folder("a")
                .file("a/old", "old")
                .file("a/kept", "kept")
                .folder("opaque")
                .file("opaque/lower", "x")
                .folder("opaque/deep")
                .file("opaque/deep/lower", "x")
                .file("file", "file")
                .folder("folder")
                .file("folder/inside", "x")
                .file("changed", "before")
                .link("usr-lib", "a"));
        importUpper(new TarBuilder()
                .file("a/.wh.old", "")
                .file("a/new", "new")
                .folder("opaque/deep")
                .file("opaque/deep/upper", "y") // before the whiteout, which hides only what lies below
                .file("opaque/.wh..wh..opq", "")
                .file("opaque/upper", "y")
                .folder("file")
                .file("file/now-a-folder", "z")
                .file("folder", "now a file")
                .mode(0600)
                .file("changed", "after")
                .file("usr-lib/through-the-link", "l")
                .file(".wh.never-there", "")
                .file("no/.wh.folder", "")
                .hardLink("second-name", "a/kept"));

        composed(UPPER, root -> {
            assertEquals(List.of("a", "changed", "file", "folder", "opaque", "second-name", "usr-lib"), names(root));
            assertEquals(List.of("kept", "new", "through-the-link"), names(root.resolve("a")));
            assertEquals(List.of("deep", "upper"), names(root.resolve("opaque")));
            assertEquals(List.of("upper"), names(root.resolve("opaque/deep")));
            assertEquals("z", Files.readString(root.resolve("file/now-a-folder")));
            assertEquals("now a file", Files.readString(root.resolve("folder")));
            assertEquals("after", Files.readString(root.resolve("changed")));
            assertEquals(0600, FileStat.of(root.resolve("changed")).mode() & 07777);
            assertEquals("kept", Files.readString(root.resolve("second-name")));
        });
        composed(BASE, root -> {
            assertEquals(List.of("a", "changed", "file", "folder", "opaque", "usr-lib"), names(root));
            assertEquals(List.of("kept", "old"), names(root.resolve("a")));
            assertEquals("before", Files.readString(root.resolve("changed")));
            assertEquals(List.of("deep", "lower"), names(root.resolve("opaque")));
        });
        assertEquals(List.of(new Layer(BASE, Optional.empty()), new Layer(UPPER, Optional.of(BASE))), layers().all());
    }

    /** On every pool the same tree, that of the model. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void importTar_ofRandomLayers_givesTheTreeThatTheRulesSay(int stack) {
        long seed = stack < 8 ? stack : System.nanoTime();
        ModelTree model = new ModelTree(seed);
        Optional<String> parent = Optional.empty();
        for (int i = 0; i < 6; i++) {
            String layer = "%032x".formatted(0x200 + i);
            layers().importTar(layer, parent, model.next().stream(), ImportLimits.DEFAULT);
            List<String> expected = model.lines().stream().sorted().toList();
            String where = "after layer %d of the stack of seed %d".formatted(i, seed);
            composed(layer, root -> assertEquals(expected, ModelTree.lines(root), where));
            parent = Optional.of(layer);
        }
    }

    @Test
    void importTar_whenAWhiteoutComesAfterAFileOfItsName_hidesOnlyTheLowerOne() {
        importBase(new TarBuilder().folder("d").file("d/lower", "x").file("f", "lower"));
        importUpper(new TarBuilder()
                .folder("d")
                .file("d/upper", "y")
                .file(".wh.d", "")
                .file("f", "upper")
                .file(".wh.f", ""));

        composed(UPPER, root -> {
            assertEquals(List.of("upper"), names(root.resolve("d")));
            assertEquals("upper", Files.readString(root.resolve("f")));
        });
    }

    /** All marks of its own that overlayfs would believe. */
    @Test
    void importTar_whenItHoldsOverlaysMarks_doesNotBelieveThem() {
        importBase(new TarBuilder()
                .folder("etc")
                .file("etc/passwd", "root")
                .pax("SCHILY.xattr.trusted.overlay.opaque", "y")
                .pax("SCHILY.xattr.trusted.overlay.redirect", "/etc")
                .folder("var"));
        importUpper(new TarBuilder()
                .pax("SCHILY.xattr.trusted.overlay.redirect", "/etc")
                .folder("var"));

        composed(UPPER, root -> {
            assertEquals(List.of(), names(root.resolve("var")));
            assertEquals(List.of("passwd"), names(root.resolve("etc")));
        });
        refused(ErrorCode.OPERATION_FAILED, () -> layers().importTar(
                        OTHER,
                        Optional.empty(),
                        new TarBuilder().characterDevice("etc", 0, 0).stream(),
                        ImportLimits.DEFAULT));
    }

    static Stream<TarBuilder> hostile() {
        return Stream.of(
                new TarBuilder().file("../escape", "x"),
                new TarBuilder().file("a/../../escape", "x"),
                new TarBuilder().hardLink("x", "../../etc/passwd"),
                new TarBuilder().hardLink("x", "/nowhere"),
                new TarBuilder().file("f", "x").file("f/below", "x"),
                new TarBuilder().link("dangling", "/nowhere").file("dangling/x", "x"),
                new TarBuilder().link("loop", "loop").file("loop/x", "x"),
                new TarBuilder().file(".wh.", ""),
                new TarBuilder().file(".wh...", ""),
                new TarBuilder().folder("d").hardLink("x", "d"),
                new TarBuilder().file("n".repeat(300), "x"),
                new TarBuilder().file("d/".repeat(600) + "x", "x"),
                new TarBuilder().file("p/".repeat(2500) + "x", "x"),
                new TarBuilder().pax("uid", "4294967295").file("x", "x"),
                new TarBuilder().pax("path", "a\0b").file("x", "x"),
                new TarBuilder().pax("mtime", "yesterday").file("x", "x"),
                new TarBuilder().pax("SCHILY.xattr.security.capability", "x").link("x", "y"),
                new TarBuilder().file("./", "not a folder"),
                new TarBuilder().entry('Z', "x", "", new byte[0], 0, 0));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void importTar_whenTheArchiveIsHostile_isRefusedAndLeavesNothing(TarBuilder tar) throws IOException {
        TarBuilder before = new TarBuilder().file("good", "x");

        EngineException refusal = assertThrows(EngineException.class, () -> layers().importTar(
                        BASE, Optional.empty(), joined(before.bytes(), tar.bytes()), ImportLimits.DEFAULT));

        assertEquals(ErrorCode.OPERATION_FAILED, refusal.code(), refusal.getMessage());
        assertEquals(List.of(), layers().all());
        assertNoRemains();
        importBase(before);
    }

    private static InputStream joined(byte[] first, byte[] second) {
        return new SequenceInputStream(
                new ByteArrayInputStream(first, 0, first.length - 1024), new ByteArrayInputStream(second));
    }

    /** A link that leads out of the tree for us leads to a place in it for the container, and so does it here. */
    @Test
    void importTar_whenALinkLeadsOut_staysInTheTree() throws Exception {
        Path outside = Files.createTempDirectory("outside");
        importBase(new TarBuilder().link("out", outside.toString()).folder(outside.toString()));
        importUpper(new TarBuilder()
                .file("out/escaped", "x")
                .link("up", "../../../../../../../..")
                .file("up/at-the-top", "x"));

        composed(UPPER, root -> {
            assertEquals("x", Files.readString(root.resolve(outside.toString().substring(1) + "/escaped")));
            assertEquals("x", Files.readString(root.resolve("at-the-top")));
        });
        assertEquals(List.of(), names(outside));
        Files.delete(outside);
    }

    @Test
    void importTar_whenTheStreamFails_leavesNothing() throws IOException {
        importBase(new TarBuilder().file("base", "x"));
        byte[] tar =
                new TarBuilder().file("a", "a").file("b", new byte[300_000]).bytes();
        for (int length : List.of(0, 700, 1024 + 200, tar.length / 2, tar.length)) {
            InputStream failing = new SequenceInputStream(
                    new ByteArrayInputStream(tar, 0, length),
                    new InputStream() { // as if a digest did not match
                        @Override
                        public int read() throws IOException {
                            throw new IOException("the digest does not match");
                        }
                    });

            EngineException refusal = assertThrows(EngineException.class, () -> layers().importTar(
                            UPPER, Optional.of(BASE), failing, ImportLimits.DEFAULT));

            assertTrue(refusal.getMessage().contains("the digest does not match"), refusal.getMessage());
            assertEquals(List.of(new Layer(BASE, Optional.empty())), layers().all());
            assertNoRemains();
        }
    }

    @Test
    void importTar_whenTheArchiveIsCutOff_isRefused() throws IOException {
        byte[] tar = new TarBuilder().file("a", "a").file("b", new byte[3000]).bytes();
        for (int length : List.of(700, 1024 + 200, 1024 + 512 + 1000)) {
            refused(ErrorCode.OPERATION_FAILED, () -> layers().importTar(
                            BASE,
                            Optional.empty(),
                            new ByteArrayInputStream(Arrays.copyOf(tar, length)),
                            ImportLimits.DEFAULT));
        }
        assertEquals(List.of(), layers().all());
        assertNoRemains();
    }

    @Test
    void importTar_whenALimitIsExceeded_isRefused() throws IOException {
        TarBuilder tar = new TarBuilder().file("a/b/c", new byte[1000]).file("d", new byte[1000]);
        for (ImportLimits limits : List.of(
                new ImportLimits(1, 10_000, 10), new ImportLimits(10, 1999, 10), new ImportLimits(10, 10_000, 2))) {
            refused(ErrorCode.OPERATION_FAILED, () -> layers().importTar(BASE, Optional.empty(), tar.stream(), limits));
        }
        assertEquals(List.of(), layers().all());
        assertNoRemains();
        layers().importTar(BASE, Optional.empty(), tar.stream(), new ImportLimits(2, 2000, 3));
    }

    @Test
    void compose_whenTreesAreWritten_changesNeitherTheLayerNorOtherTrees() throws IOException {
        importBase(new TarBuilder().file("file", "old").folder("d").file("d/gone", "x"));
        layers().compose(tree("t1"), BASE);
        layers().compose(tree("t2"), BASE);
        Path first = pool().activate("t1");
        Path second = pool().activate("t2");

        Files.writeString(first.resolve("file"), "new");
        Files.delete(first.resolve("d/gone"));

        assertEquals("old", Files.readString(second.resolve("file")));
        assertTrue(Files.exists(second.resolve("d/gone")));
        composed(BASE, root -> assertEquals("old", Files.readString(root.resolve("file"))));
        refused(ErrorCode.STORAGE_VOLUME_EXISTS, () -> layers().compose(tree("t1"), BASE));
        assertEquals(
                List.of("t1", "t2"),
                pool().scan().stream().map(VolumeFacts::name).toList());
        pool().deactivate("t1");
        pool().deactivate("t2");
    }

    @Test
    void freeze_whenTheTreeIsWrittenLater_keepsTheContentOfThatMoment() throws IOException {
        importBase(new TarBuilder().file("file", "image").file("removed", "x"));
        layers().compose(tree("t1"), BASE);
        Path root = pool().activate("t1");
        Files.writeString(root.resolve("file"), "committed");
        Files.delete(root.resolve("removed"));
        pool().deactivate("t1");

        layers().freeze("t1", OTHER);

        root = pool().activate("t1");
        Files.writeString(root.resolve("file"), "later");
        composed(OTHER, frozen -> {
            assertEquals("committed", Files.readString(frozen.resolve("file")));
            assertFalse(Files.exists(frozen.resolve("removed")));
        });
        assertEquals("later", Files.readString(root.resolve("file")));
        pool().deactivate("t1");
        pool().delete("t1");
        composed(OTHER, frozen -> assertEquals("committed", Files.readString(frozen.resolve("file"))));
        assertEquals(List.of(new Layer(BASE, Optional.empty()), new Layer(OTHER, Optional.empty())), layers().all());
    }

    @Test
    void freeze_whileTheTreeIsActive_keepsItsContent() throws IOException {
        pool().create(tree("t1"));
        Path root = pool().activate("t1");
        Files.writeString(root.resolve("file"), "x");

        layers().freeze("t1", OTHER);
        Files.writeString(root.resolve("file"), "later");

        composed(OTHER, frozen -> assertEquals("x", Files.readString(frozen.resolve("file"))));
        pool().deactivate("t1");
    }

    @Test
    void layers_whenTheyAreMissingOrTakenOrMisnamed_areRefusedByName() {
        importBase(new TarBuilder().file("file", "x"));
        pool().create(new VolumeSpec("raw", 1 << 20, 0, VolumeSpec.RAW, Permissions.DEFAULT));
        pool().create(tree("t1"));

        refused(ErrorCode.STORAGE_VOLUME_EXISTS, () -> importBase(new TarBuilder()));
        refused(ErrorCode.STORAGE_VOLUME_EXISTS, () -> layers().freeze("t1", BASE));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> layers().compose(tree("t2"), OTHER));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> layers().freeze("nope", OTHER));
        refused(ErrorCode.OPERATION_INVALID, () -> layers().freeze("raw", OTHER));
        refused(ErrorCode.INVALID_ARG, () -> layers().freeze("t1", "../../etc"));
        refused(ErrorCode.INVALID_ARG, () -> layers().delete("x"));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> layers().importTar(
                        UPPER, Optional.of(OTHER), new TarBuilder().stream(), ImportLimits.DEFAULT));
        layers().delete(OTHER);
        assertEquals(List.of(new Layer(BASE, Optional.empty())), layers().all());
    }

    @Test
    void delete_whenTreesStillHaveTheContent_keepsThemWhole() throws IOException {
        importBase(new TarBuilder().file("base", "b"));
        importUpper(new TarBuilder().file("upper", "u"));
        layers().compose(tree("t1"), UPPER);

        refused(ErrorCode.RESOURCE_BUSY, () -> layers().delete(BASE));
        layers().delete(UPPER);
        layers().delete(BASE);

        assertEquals(List.of(), layers().all());
        restart();
        Path root = pool().activate("t1");
        assertEquals("b", Files.readString(root.resolve("base")));
        assertEquals("u", Files.readString(root.resolve("upper")));
        pool().deactivate("t1");
        pool().delete("t1");
        assertNoRemains();
    }

    @Test
    void layers_whileOneIsBeingImported_keepOthersOff() {
        importBase(new TarBuilder().file("base", "b"));
        InputStream busy = new SequenceInputStream(new TarBuilder().file("a", "a").stream(), new InputStream() {
            @Override
            public int read() {
                assertEquals(List.of(new Layer(BASE, Optional.empty())), layers().all());
                refused(ErrorCode.RESOURCE_BUSY, () -> layers().delete(BASE));
                refused(ErrorCode.RESOURCE_BUSY, () -> layers().delete(UPPER));
                refused(ErrorCode.RESOURCE_BUSY, () -> importUpper(new TarBuilder()));
                refused(ErrorCode.RESOURCE_BUSY, () -> layers().compose(tree("t2"), UPPER));
                refused(ErrorCode.RESOURCE_BUSY, () -> pool().stop());
                layers().compose(tree("t1"), BASE); // which only reads it
                pool().delete("t1");
                return -1;
            }
        });

        layers().importTar(UPPER, Optional.of(BASE), busy, ImportLimits.DEFAULT);

        composed(UPPER, root -> assertEquals(List.of("a", "base"), names(root)));
    }

    @Test
    void layers_whenManyThreadsMakeAndDeleteThem_doNotDisturbEachOther() throws Exception {
        importBase(new TarBuilder().file("base", "b"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> work = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int own = 0x1000 * (thread + 1);
            work.add(threads.submit(() -> {
                for (int i = 0; i < 8; i++) {
                    String layer = "%032x".formatted(own + 2 * i);
                    String frozen = "%032x".formatted(own + 2 * i + 1);
                    String name = "t" + own;
                    layers().importTar(
                                    layer,
                                    Optional.of(BASE),
                                    new TarBuilder().file("own", layer).stream(),
                                    ImportLimits.DEFAULT);
                    layers().compose(tree(name), layer);
                    Path root = pool().activate(name);
                    assertEquals(List.of("base", "own"), names(root));
                    assertEquals(layer, Files.readString(root.resolve("own")));
                    pool().deactivate(name);
                    layers().freeze(name, frozen);
                    pool().delete(name);
                    layers().delete(layer);
                    layers().compose(tree(name), frozen);
                    assertEquals(layer, Files.readString(pool().activate(name).resolve("own")));
                    pool().deactivate(name);
                    pool().delete(name);
                    layers().delete(frozen);
                }
                return null;
            }));
        }
        for (Future<?> each : work) {
            each.get();
        }
        threads.shutdown();
        assertEquals(List.of(new Layer(BASE, Optional.empty())), layers().all());
        assertNoRemains();
    }

    @Test
    void restart_findsLayersAndTreesAsTheyWere() throws IOException {
        importBase(new TarBuilder().file("base", "b"));
        importUpper(new TarBuilder().file("upper", "u").file(".wh.base", ""));
        layers().compose(tree("t1"), UPPER);
        Path root = pool().activate("t1");
        Files.writeString(root.resolve("own"), "o");
        pool().deactivate("t1");

        restart();

        assertEquals(List.of(new Layer(BASE, Optional.empty()), new Layer(UPPER, Optional.of(BASE))), layers().all());
        assertEquals(List.of("own", "upper"), names(pool().activate("t1")));
        pool().deactivate("t1");
        composed(UPPER, other -> assertEquals(List.of("upper"), names(other)));
    }

    @Test
    void usage_whenManyTreesShareALayer_countsItOnce() throws IOException {
        byte[] content = new byte[16 << 20];
        new Random(1).nextBytes(content);
        layers().importTar(
                        OTHER,
                        Optional.empty(),
                        new TarBuilder().stream(),
                        ImportLimits.DEFAULT); // the first has costs
        long before = pool().usage().allocationBytes();

        importBase(new TarBuilder().file("big", content));
        importUpper(new TarBuilder().file("small", "x"));
        for (int i = 0; i < 4; i++) {
            layers().compose(tree("t" + i), UPPER);
        }

        long used = pool().usage().allocationBytes() - before;
        assertTrue(used > 15 << 20 && used < 28 << 20, used + " bytes are used");
    }

    @Test
    void layers_whenManyLieOverEachOther_giveTheRightTree() throws IOException {
        importBase(new TarBuilder()
                .folder("all")
                .folder("opaque")
                .file("opaque/base", "x")
                .file("changed", "0"));
        String parent = BASE;
        for (int i = 1; i < depth(); i++) {
            String layer = "%032x".formatted(0x100 + i);
            TarBuilder tar = new TarBuilder()
                    .file("all/" + i, "layer " + i)
                    .file("changed", "in " + i)
                    .folder("opaque")
                    .file("opaque/.wh..wh..opq", "")
                    .file("opaque/" + i, "x");
            if (i > 1 && i % 2 == 0) {
                tar.file("all/.wh." + (i - 1), "");
            }
            layers().importTar(layer, Optional.of(parent), tar.stream(), ImportLimits.DEFAULT);
            parent = layer;
        }
        int last = depth() - 1;
        composed(parent, root -> {
            for (int i = 1; i <= last; i++) {
                boolean hidden = i % 2 == 1 && i < last;
                Path file = root.resolve("all/" + i);
                assertEquals(!hidden, Files.exists(file, LinkOption.NOFOLLOW_LINKS), file.toString());
                if (!hidden) {
                    assertEquals("layer " + i, Files.readString(file));
                }
            }
            assertEquals("in " + last, Files.readString(root.resolve("changed")));
            assertEquals(List.of(String.valueOf(last)), names(root.resolve("opaque")));
            Files.writeString(root.resolve("changed"), "own");
        });
        restart();
        layers().compose(tree("t1"), parent);
        Path root = pool().activate("t1");
        Files.writeString(root.resolve("own"), "o");
        pool().snapshots().take("t1", OTHER);
        Files.delete(root.resolve("own"));
        pool().deactivate("t1");
        pool().snapshots().revert("t1", OTHER);
        assertEquals("o", Files.readString(pool().activate("t1").resolve("own")));
        pool().deactivate("t1");
        pool().delete("t1");
        for (int i = last; i > 0; i--) {
            layers().delete("%032x".formatted(0x100 + i));
        }
        layers().delete(BASE);
        assertNoRemains();
    }
}
