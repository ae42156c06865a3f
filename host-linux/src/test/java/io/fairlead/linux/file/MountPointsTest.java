package io.fairlead.linux.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.sys.ErrnoException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountPointsTest {
    @TempDir
    private Path folder;

    @Test
    void remove_afterMaking_takesAwayWhatWasMissingAndNothingElse() throws Exception {
        Files.createDirectories(folder.resolve("there"));
        try (RootedTree tree = new RootedTree(folder);
                MountPoints points = new MountPoints(tree, 0, 0)) {
            points.folder("/there/a/b").close();
            points.file("/there/a/file").close();
            points.folder("/filled").close();
            Files.createFile(folder.resolve("filled/mine"));
            assertTrue(Files.isDirectory(folder.resolve("there/a/b")));
            assertTrue(Files.isRegularFile(folder.resolve("there/a/file")));
            points.remove();
        }
        assertFalse(Files.exists(folder.resolve("there/a")));
        assertTrue(Files.exists(folder.resolve("there")));
        assertTrue(Files.exists(folder.resolve("filled/mine")), "somebody else's file");
    }

    @Test
    void folder_whenALinkLeadsOut_staysInTheTree() throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(root.resolve("up"), Path.of("../outside"));
        Files.createSymbolicLink(root.resolve("etc"), Path.of("/"));
        try (RootedTree tree = new RootedTree(root);
                MountPoints points = new MountPoints(tree, 0, 0)) {
            assertThrows(ErrnoException.class, () -> points.folder("/up/x").close());
            points.folder("/etc/x").close();
        }
        assertTrue(Files.isDirectory(root.resolve("x")));
        try (var inside = Files.list(outside)) {
            assertEquals(0, inside.count());
        }
    }
}
