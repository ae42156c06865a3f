package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real client's bytes, where it is installed. The meaning of commands is tested elsewhere; this is about the wire.
 */
class VirshTest {
    @TempDir
    Path directory;

    private ServerFixture fixture;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/virsh")), "virsh is not installed (package libvirt-clients)");
        fixture = new ServerFixture(directory, ServerSettings.defaults());
    }

    @AfterEach
    void stop() throws Exception {
        if (fixture != null) {
            fixture.awaitIdle();
            fixture.close();
        }
    }

    /** Runs a shell line in which {@code virsh} is bound to the server; returns its output. */
    private String shell(String line) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", "virsh() { command virsh -c \"$URI\" \"$@\"; }; " + line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "virsh hangs");
        return process.exitValue() + ": " + Files.readString(directory.resolve("output"));
    }

    private String virsh(Path socket, String arguments) throws Exception {
        return shell("URI='lxc+unix:///system?socket=" + socket + "'; " + arguments);
    }

    @Test
    void list_showsTheDomain() throws Exception {
        String output = virsh(fixture.socket, "virsh list --all --name");
        assertTrue(output.startsWith("0: toy"), output);
        assertEquals(List.of("lxc:///system"), fixture.driver.opened);
    }

    @Test
    void readOnlySocket_refusesDestroy() throws Exception {
        String output = virsh(fixture.readOnlySocket, "virsh -r destroy toy");
        assertTrue(output.contains("operation forbidden: read only access prevents virDomainDestroy"), output);
    }

    @Test
    void files_passedToCreate_arriveInOrder() throws Exception {
        Files.writeString(directory.resolve("one"), "first");
        Files.writeString(directory.resolve("two"), "second");
        Files.writeString(directory.resolve("domain.xml"), "<domain/>");
        String output = virsh(fixture.socket, "virsh create --pass-fds 8,9 domain.xml 8<one 9<two");
        assertTrue(output.startsWith("0: "), output);
        assertEquals(List.of("first", "second"), fixture.driver.passed);
    }

    @Test
    void volume_goesUpAndComesDownTheSame() throws Exception {
        byte[] content = new byte[3_000_001];
        new Random(2).nextBytes(content);
        Files.write(directory.resolve("up"), content);
        String output = virsh(
                fixture.socket, "virsh vol-upload --pool pool volume up && virsh vol-download --pool pool volume down");
        assertTrue(output.startsWith("0: "), output);
        assertArrayEquals(content, fixture.driver.volume);
        assertArrayEquals(content, Files.readAllBytes(directory.resolve("down")));
    }

    @Test
    void sparseVolume_keepsItsHoles() throws Exception {
        String output = virsh(
                fixture.socket, "truncate -s 2M up; echo end >> up; virsh vol-upload --sparse --pool pool volume up");
        assertTrue(output.startsWith("0: "), output);
        assertEquals((2 << 20) + 4, fixture.driver.volume.length);
    }
}
