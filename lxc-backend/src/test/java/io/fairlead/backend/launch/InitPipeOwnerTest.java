package io.fairlead.backend.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.cgroup.Cgroup;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests whether a guest's initctl pipe is its own. Guest and neighbour share a /run; each is a mount namespace of its
 * own.
 */
@NeedsHost(
        value = {HostFeature.ROOT},
        programs = {"unshare", "mkfifo"})
@Timeout(60)
class InitPipeOwnerTest {
    private static final String HOLD = "exec 3<>/run/initctl; echo ready; read end <&3; echo got; exec sleep 1000";
    private static final String SLEEP = "echo ready; exec sleep 1000";

    @TempDir
    private Path shared;

    private Cgroup group;
    private Process guest;
    private Process neighbour;

    @BeforeEach
    void makeGroup() throws IOException {
        group = CgroupLayout.detect()
                .group("/fairlead-pipe-" + ProcessHandle.current().pid());
        group.create();
    }

    @AfterEach
    void end() throws Exception {
        for (Process process : new Process[] {guest, neighbour}) {
            if (process != null) {
                process.destroyForcibly().waitFor();
            }
        }
        group.kill(Duration.ofSeconds(5));
        group.remove(Duration.ofSeconds(5));
    }

    private Process start(String before, String script) throws IOException {
        String all = "mount --bind %s /run && %s %s".formatted(shared, before, script);
        Process process = new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sh", "-c", all)
                .redirectErrorStream(true)
                .start();
        assertEquals("ready", new BufferedReader(new InputStreamReader(process.getInputStream())).readLine());
        return process;
    }

    private Process startGuest(String script) throws IOException {
        Process process = start("", script);
        group.add((int) process.pid());
        return process;
    }

    private boolean send() throws IOException {
        return new InitPipe(ProcessId.of((int) guest.pid()), group).send(InitPipe.POWER_OFF);
    }

    @Test
    void send_whenTheGuestReadsIt_writes() throws Exception {
        guest = startGuestAfterFifo(HOLD);
        assertTrue(send());
    }

    @Test
    void send_whenANeighbourReadsIt_doesNot() throws Exception {
        neighbour = start("mkfifo /run/initctl;", HOLD);
        guest = startGuest(SLEEP);
        assertFalse(send());
    }

    /** The first reader would get the message, guest or not. */
    @Test
    void send_whenBothReadIt_doesNot() throws Exception {
        neighbour = start("mkfifo /run/initctl;", HOLD);
        guest = startGuest(HOLD);
        assertFalse(send());
    }

    /** The link may lead to any of the host's pipes that the guest sees. */
    @Test
    void send_whenItIsALink_doesNot() throws Exception {
        guest = startGuest("mkfifo /run/other; ln -s other /run/initctl; exec 3<>/run/other; " + SLEEP);
        assertFalse(send());
    }

    @Test
    void send_whenItIsADevice_doesNot() throws Exception {
        guest = startGuest("mknod /run/initctl c 1 3; " + SLEEP);
        assertFalse(send());
    }

    @Test
    void send_whenNobodyReadsIt_doesNotWait() throws Exception {
        guest = startGuest("mkfifo /run/initctl; " + SLEEP);
        assertFalse(send());
        assertTrue(Files.exists(shared.resolve("initctl")));
    }

    private Process startGuestAfterFifo(String script) throws IOException {
        return startGuest("mkfifo /run/initctl; " + script);
    }
}
