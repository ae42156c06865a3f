package io.fairlead.linux.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.linux.sys.KernelFile;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NeedsHost(HostFeature.ROOT)
class CommandLineTest {
    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("sh", "-c", "read line", "name", "first", "place ", "last").start();
    }

    @AfterEach
    void end() throws Exception {
        process.destroyForcibly().waitFor();
    }

    @Test
    void replace_whenThereIsSuchAnArgument_isSeenByAll() throws Exception {
        int pid = (int) process.pid();
        CommandLine.replace(pid, "place ", "other ");
        String[] arguments =
                KernelFile.read(Path.of("/proc/" + pid + "/cmdline")).split("\0");
        assertArrayEquals(new String[] {"sh", "-c", "read line", "name", "first", "other ", "last"}, arguments);
    }

    @Test
    void replace_whenThereIsNone_saysSo() {
        assertThrows(IOException.class, () -> CommandLine.replace((int) process.pid(), "nowhere", "another"));
    }

    @Test
    void replace_whenItIsLonger_isRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> CommandLine.replace((int) process.pid(), "place ", "too long"));
    }
}
