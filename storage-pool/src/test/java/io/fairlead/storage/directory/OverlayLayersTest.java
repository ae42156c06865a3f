package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.LoopMount;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.ImportLimits;
import io.fairlead.storage.layer.TarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP, HostFeature.OVERLAY},
        programs = {"mkfs.ext4", "python3"})
class OverlayLayersTest extends DirectoryLayersContract {
    @TempDir
    Path temporary;

    private LoopMount mount;

    @Override
    protected Path scratch() throws IOException {
        if (mount == null) {
            mount = LoopMount.make(temporary, "ext4", 256L << 20);
        }
        return mount.folder();
    }

    @AfterEach
    void unmount() throws IOException {
        mount.close();
    }

    /** So many that the page of mount options is full. */
    @Test
    void importTar_whenTheLayersAreTooMany_isRefusedAndTheOthersWork() throws IOException {
        String parent = BASE;
        importBase(new TarBuilder().file("0", "x"));
        EngineException refusal = null;
        int made = 1;
        while (refusal == null && made < 600) {
            String layer = "%032x".formatted(0x1000 + made);
            String below = parent;
            try {
                layers().importTar(
                                layer,
                                Optional.of(below),
                                new TarBuilder().file("" + made, "x").stream(),
                                ImportLimits.DEFAULT);
                parent = layer;
                made++;
            } catch (EngineException e) {
                refusal = e;
            }
        }
        assertEquals(ErrorCode.OPERATION_INVALID, refusal.code(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("layers, more than the kernel has room for"), refusal.getMessage());
        assertTrue(made > 200, made + " layers were possible");
        layers().compose(tree("t1"), parent);
        assertEquals(made, PoolFolder.children(folder().resolve("t1")).size());
        Files.writeString(folder().resolve("t1/own"), "x");
        pool.delete("t1");
        assertNoRemains();
    }

    @Test
    void compose_whenTheImageHasDevices_theyDoNotWork() {
        importBase(new TarBuilder().mode(0666).characterDevice("null", 1, 3));
        layers().compose(tree("t1"), BASE);

        assertThrows(IOException.class, () -> Files.readString(folder().resolve("t1/null")));
    }

    /** Killed between the mount and the moment at which it leaves the tree of mounts. */
    @Test
    void start_whenADaemonDiedImporting_removesItsMountAndItsFiles() throws IOException {
        importBase(new TarBuilder().file("base", "x"));
        List<String> stack = new TreeRecord(folder().resolve(".fairlead/frozen").resolve(BASE)).layers();
        Path own = Files.createDirectory(folder().resolve(".fairlead-new-dead-1"));
        for (String part : List.of("upper", "work", "tree")) {
            Files.createDirectory(own.resolve(part));
        }
        Path below = folder().resolve(".fairlead/layers").resolve(stack.get(0));
        Mounts.mount(
                "test",
                own.resolve("tree"),
                "overlay",
                Set.of(),
                "lowerdir=%s,upperdir=%s,workdir=%s".formatted(below, own.resolve("upper"), own.resolve("work")));
        Files.writeString(own.resolve("tree/half"), "x");
        Files.createDirectory(folder().resolve(".fairlead/layers/0123456789ab")); // adopted, and in no record yet

        restart();

        assertTrue(MountTable.own().below(folder()).isEmpty());
        assertNoRemains();
        importUpper(new TarBuilder().file("upper", "x"));
    }
}
