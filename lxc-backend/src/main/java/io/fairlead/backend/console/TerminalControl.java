package io.fairlead.backend.console;

import io.fairlead.core.backend.TerminalSize;
import io.fairlead.linux.socket.Fifo;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Poller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the size of a process's terminal through its monitor, which takes lines {@code 1 ROWS COLUMNS} from a FIFO. If
 * conmon 2.1.6 finds several lines at once, it obeys the first one several times (ctrl.c, read_from_ctrl_buffer). So
 * each line is sent when the one before has been read, and some time later, because conmon hands it on to itself in the
 * same way. Safe for concurrent use.
 */
final class TerminalControl {
    private static final Logger log = LoggerFactory.getLogger(TerminalControl.class);
    private static final Duration APART = Duration.ofMillis(50);

    private final Path fifo;
    private final Poller poller;
    private TerminalSize wanted; // guarded by this, like all fields below; null if the last size is sent
    private boolean waiting;

    TerminalControl(Path fifo, Poller poller) {
        this.fifo = fifo;
        this.poller = poller;
    }

    /** @throws IOException if the monitor has ended */
    synchronized void resize(TerminalSize size) throws IOException {
        wanted = size;
        if (!waiting) {
            send();
        }
    }

    private void send() throws IOException {
        try (Fd end = Fifo.openForWriting(fifo, Duration.ZERO)) {
            if (Fifo.unread(end) == 0) {
                String line = "1 %d %d\n".formatted(wanted.rows(), wanted.columns());
                end.write(line.getBytes(StandardCharsets.US_ASCII));
                wanted = null;
            }
        }
        waiting = true;
        poller.schedule(APART, this::next);
    }

    private synchronized void next() {
        waiting = false;
        if (wanted != null) {
            try {
                send();
            } catch (IOException e) {
                log.debug("the process has ended before its terminal got the size {}", wanted, e);
            }
        }
    }
}
