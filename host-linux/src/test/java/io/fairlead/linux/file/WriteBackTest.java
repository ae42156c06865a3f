package io.fairlead.linux.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.linux.sys.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteBackTest {
    private static final int MIB = 1 << 20;

    @Test
    void written_whenMuchFollowsOneAnother_leavesTheContent(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("file");
        try (Fd fd = Fd.open(file, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0600)) {
            WriteBack writeBack = new WriteBack(fd);
            for (int i = 0; i < 20; i++) {
                fd.write(new byte[MIB]);
                writeBack.written((long) i * MIB, MIB);
            }
        }
        assertEquals(20L * MIB, Files.size(file));
    }

    /** The kernel refuses a pipe, so the error shows that the kernel was asked. */
    @Test
    void written_asksTheKernelForStepsOnlyThatFollowOneAnother() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            WriteBack writeBack = new WriteBack(pipe.writer());
            writeBack.written(0, 7 * MIB);
            writeBack.written(100 * MIB, 7 * MIB);
            ErrnoException refusal = assertThrows(ErrnoException.class, () -> writeBack.written(107 * MIB, MIB));
            assertTrue(refusal.getMessage().contains("ESPIPE"), refusal.getMessage());
        }
    }
}
