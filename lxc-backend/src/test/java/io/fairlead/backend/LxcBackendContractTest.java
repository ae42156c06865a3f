package io.fairlead.backend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.backend.launch.OciRuntime;
import io.fairlead.core.backend.Backend;
import io.fairlead.core.backend.BackendContract;
import io.fairlead.core.backend.Guest;
import io.fairlead.linux.process.Pidfd;
import io.fairlead.linux.process.ProcessStat;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rules for every back end, with real containers. */
@NeedsHost(
        value = HostFeature.ROOT,
        programs = {"conmon", "busybox"})
@Timeout(60)
class LxcBackendContractTest extends BackendContract {
    private static final int SIGTERM = 15;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private Instance instance;
    private int names;

    @BeforeEach
    void begin() throws IOException {
        OciRuntime runtime = Instance.runtimes().findFirst().orElseThrow();
        instance = new Instance(directory, runtime);
    }

    @AfterEach
    void finish() throws IOException {
        instance.close();
    }

    @Override
    protected Backend backend() {
        return instance.backend();
    }

    @Override
    protected void restartDaemon() {
        try {
            instance.restartWithoutAdopting();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected DomainDocument staying() {
        String script = "trap 'exit $(cat /status)' TERM; while :; do sleep 0.02; done";
        return instance.definition("contract" + names++, "", "", script);
    }

    @Override
    protected void end(Guest guest, int status) {
        try {
            Files.writeString(instance.root.resolve("status"), Integer.toString(status));
            int monitor = ProcessStat.read(guest.id()).parent();
            awaitTrap(guest.id());
            try (Pidfd ending = Pidfd.open(monitor);
                    Pidfd init = Pidfd.open(guest.id())) {
                init.signal(SIGTERM);
                assertTrue(ending.awaitExit(LIMIT), "the monitor has not ended");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The kernel drops a TERM for the first process of a container that does not handle it yet.
    private static void awaitTrap(int init) throws IOException {
        Path status = Path.of("/proc/" + init + "/status");
        while (Files.readAllLines(status).stream()
                .noneMatch(line -> line.startsWith("SigCgt:")
                        && (Long.parseUnsignedLong(line.substring(8).trim(), 16) & 1L << (SIGTERM - 1)) != 0)) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
