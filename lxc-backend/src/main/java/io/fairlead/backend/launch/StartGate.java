package io.fairlead.backend.launch;

import io.fairlead.linux.process.Command;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.linux.sys.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/**
 * The gate between a created guest and its first program: the runtime's init waits at a FIFO. {@code crun start} writes
 * to it, {@code runc start} reads from it, and both remove it. This class does the same without their 4 to 20 ms. If
 * the FIFO looks different, it calls the runtime.
 */
final class StartGate {
    private static final byte[] GO = {'0'};
    /**
     * The longest wait for the first program to be executed, which takes some tenths of a millisecond on an idle
     * machine. A program that fails later shows by the guest's end.
     */
    private static final Duration EXEC_LIMIT = Duration.ofSeconds(2);

    private final GuestFolder folder;
    private final OciRuntime runtime;
    private final int init;

    /** @param init the host's pid of the guest's init */
    StartGate(GuestFolder folder, OciRuntime runtime, int init) {
        this.folder = folder;
        this.runtime = runtime;
        this.init = init;
    }

    boolean shut() {
        return Files.exists(folder.startGate());
    }

    /** Lets init run the first program. Does nothing if it runs already. */
    void open(Duration limit) throws IOException {
        if (!shut()) {
            return;
        }
        try {
            boolean opened =
                    switch (runtime.kind()) {
                        case CRUN -> write();
                        case RUNC -> read(limit);
                    };
            if (opened) {
                return;
            }
        } catch (ErrnoException e) {
            // ENXIO: init no longer waits at it. An earlier daemon started init and was killed before it removed the
            // FIFO.
            if (e.errno() != Errno.ENXIO) {
                throw e;
            }
            Files.deleteIfExists(folder.startGate());
            return;
        }
        Command.of(runtime.command(folder.states(), "start", folder.id()))
                .within(limit)
                .run()
                .orThrow();
    }

    // crun's init has the FIFO open and waits for a byte. Without a reader the open fails with ENXIO.
    private boolean write() throws IOException {
        try (Fd gate = Fd.open(folder.startGate(), OpenFlags.O_WRONLY | OpenFlags.O_NONBLOCK)) {
            gate.write(GO);
            Files.deleteIfExists(folder.startGate());
            return true;
        }
    }

    // runc's init waits in open() for a reader, then writes a byte.
    private boolean read(Duration limit) throws IOException {
        FirstProgram first = new FirstProgram(init);
        try (Fd gate = Fd.open(folder.startGate(), OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK)) {
            short ready = Poll.await(gate.number(), Poll.POLLIN, limit);
            if ((ready & Poll.POLLIN) == 0 || gate.read(new byte[1]) != 1) {
                return false;
            }
            Files.deleteIfExists(folder.startGate());
            Poll.await(gate.number(), Poll.POLLIN, EXEC_LIMIT); // its end closes right before the execve
            first.await(EXEC_LIMIT); // the guest is not shown to clients before
            return true;
        }
    }
}
