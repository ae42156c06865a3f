package io.fairlead.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.backend.Instance.Launched;
import io.fairlead.backend.launch.OciRuntime;
import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.BlockingReader;
import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.Exec;
import io.fairlead.core.backend.ExecSpec;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.core.backend.Processes;
import io.fairlead.core.backend.ProcessesContract;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rules for processes in a guest, with real containers. */
@NeedsHost(
        value = HostFeature.ROOT,
        programs = {"conmon", "busybox"})
@Timeout(90)
abstract class LxcProcessesContractTest extends ProcessesContract {
    @NeedsHost(
            value = HostFeature.ROOT,
            programs = {"conmon", "busybox", "crun"})
    static class WithCrunTest extends LxcProcessesContractTest {
        WithCrunTest() {
            super("crun");
        }
    }

    @NeedsHost(
            value = HostFeature.ROOT,
            programs = {"conmon", "busybox", "runc"})
    static class WithRuncTest extends LxcProcessesContractTest {
        WithRuncTest() {
            super("runc");
        }
    }

    private final String runtime;

    @TempDir
    private Path directory;

    private Instance instance;
    private Launched launched;
    private Guest guest;

    LxcProcessesContractTest(String runtime) {
        this.runtime = runtime;
    }

    @BeforeEach
    void begin() throws IOException {
        Optional<OciRuntime> chosen = Instance.runtimes()
                .filter(one -> one.program().endsWith(runtime))
                .findFirst();
        assumeTrue(chosen.isPresent(), () -> runtime + " does not work here: the host mounts both versions of cgroups");
        instance = new Instance(directory, chosen.orElseThrow());
        launched = instance.script("processes", "while :; do sleep 1; done");
        guest = launched.guest();
    }

    @AfterEach
    void finish() throws IOException {
        if (instance != null) {
            instance.close();
        }
    }

    @Override
    protected Guest guest() {
        return guest;
    }

    @Override
    protected void restartDaemon() {
        try {
            guest = instance.restart().stream()
                    .filter(Adopted.Running.class::isInstance)
                    .map(found -> ((Adopted.Running) found).guest())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected String[] exiting(int status) {
        return new String[] {"sh", "-c", "exit " + status};
    }

    @Override
    protected String[] staying() {
        return new String[] {"sleep", "1000"};
    }

    @Override
    protected String[] copying() {
        return new String[] {"cat"};
    }

    @Override
    protected String[] writing(int bytes) {
        String write = "head -c %d /dev/zero | tr '\\0' %s";
        return new String[] {"sh", "-c", write.formatted(bytes, "o") + "; " + write.formatted(bytes, "e") + " >&2"};
    }

    @Override
    protected String[] writingLate() {
        return new String[] {"sh", "-c", "cat >/dev/null; echo late; exit 7"};
    }

    @Override
    protected String noProgram() {
        return "/etc/passwd";
    }

    @Override
    protected void killGuest() throws Exception {
        guest.kill();
    }

    @Test
    void output_whenTheReaderIsSlow_makesTheProcessWaitAndLosesNothing() throws Exception {
        int much = 1 << 20;
        Processes.Attached attached = guest.processes().execAttached(ExecSpec.of(PIPES, writing(4 * much)));
        Exec exec = attached.exec();
        int total = 0;
        try (BlockingReader reader = new BlockingReader(attached.output())) {
            Thread.sleep(500);
            assertFalse(exec.exit().toCompletableFuture().isDone(), "it did not wait for its reader");
            for (Chunk chunk = reader.take(); chunk != null; chunk = reader.take()) {
                total += chunk.bytes().length;
            }
            assertEquals(OutputReader.End.COMPLETE, reader.reader().end().orElseThrow());
        }
        assertEquals(8 * much, total);
        assertEquals(0, exit(exec).status());
    }
}
