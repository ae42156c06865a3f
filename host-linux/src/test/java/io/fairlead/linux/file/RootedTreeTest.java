package io.fairlead.linux.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.socket.Fifo;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootedTreeTest {
    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    @TempDir
    Path folder;

    private Path top;
    private RootedTree tree;

    @BeforeEach
    void open() throws Exception {
        top = Files.createDirectories(folder.resolve("top"));
        Files.writeString(folder.resolve("secret"), "secret");
        tree = new RootedTree(top);
    }

    @AfterEach
    void close() {
        tree.close();
    }

    @Test
    void createFile_whenFoldersAreMissing_makesThem() throws Exception {
        tree.createFile("/a/b/file", CONTENT, 0640);
        assertArrayEquals(CONTENT, tree.readFile("a/b/file", 100));
        assertEquals(0640, FileStat.of(top.resolve("a/b/file")).mode() & 0777);
    }

    @Test
    void createFile_whenAFolderIsALinkToAnAbsolutePath_staysInside() throws Exception {
        Files.createDirectories(top.resolve("real"));
        Files.createSymbolicLink(top.resolve("var"), Path.of("/real"));
        tree.createFile("var/x/file", CONTENT, 0644);
        assertTrue(Files.exists(top.resolve("real/x/file")));
    }

    @Test
    void createFile_whenAFolderLinksOutside_doesNotGetOut() throws Exception {
        Files.createSymbolicLink(top.resolve("out"), folder);
        assertThrows(ErrnoException.class, () -> tree.createFile("out/planted", CONTENT, 0644));
        assertFalse(Files.exists(folder.resolve("planted")));
    }

    @Test
    void createFile_whenTheNameIsALink_refuses() throws Exception {
        Files.createSymbolicLink(top.resolve("file"), Path.of("elsewhere"));
        ErrnoException refusal = assertThrows(ErrnoException.class, () -> tree.createFile("file", CONTENT, 0644));
        assertEquals(Errno.EEXIST, refusal.errno());
        assertFalse(Files.exists(top.resolve("elsewhere")));
    }

    @Test
    void readFile_whenLinksClimb_endsAtTheTop() throws Exception {
        Files.createSymbolicLink(top.resolve("climb"), Path.of("../secret"));
        ErrnoException refusal = assertThrows(ErrnoException.class, () -> tree.readFile("climb", 100));
        assertEquals(Errno.ENOENT, refusal.errno());
        assertFalse(tree.exists("climb"));
        assertThrows(IllegalArgumentException.class, () -> tree.readFile("../secret", 100));
    }

    @Test
    void readFile_whenItIsTooLongOrNoFile_refuses() throws Exception {
        tree.createFile("file", CONTENT, 0644);
        assertThrows(IOException.class, () -> tree.readFile("file", CONTENT.length - 1));
        Fifo.create(top.resolve("fifo"), 0600);
        assertThrows(IOException.class, () -> tree.readFile("fifo", 100));
    }

    @Test
    void openFifo_whenSomebodyReads_reachesThem() throws Exception {
        Fifo.create(top.resolve("fifo"), 0600);
        ErrnoException nobody = assertThrows(ErrnoException.class, () -> tree.openFifo("fifo"));
        assertEquals(Errno.ENXIO, nobody.errno());
        Thread writer = new Thread(() -> {
            try {
                Fd fd = null;
                while (fd == null) {
                    try {
                        fd = tree.openFifo("fifo");
                    } catch (ErrnoException e) {
                        Thread.onSpinWait();
                    }
                }
                fd.write(CONTENT);
                fd.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.start();
        assertArrayEquals(CONTENT, Fifo.await(top.resolve("fifo"), Duration.ofSeconds(5)));
        writer.join();
    }

    @Test
    void openFifo_whenAFileWasPlanted_refuses() throws Exception {
        Files.writeString(top.resolve("initctl"), "");
        assertThrows(IOException.class, () -> tree.openFifo("initctl"));
    }

    @Test
    void createFolders_whenAFileIsInTheWay_refuses() throws Exception {
        Files.writeString(top.resolve("file"), "");
        assertThrows(ErrnoException.class, () -> tree.createFolders("file/folder", 0755));
    }
}
