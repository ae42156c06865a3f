package io.fairlead.backend.console;

import io.fairlead.linux.sys.Poller;
import java.io.IOException;
import java.time.Duration;

/** The input of one process, over the attachment that it shares with its output. Safe for concurrent use. */
final class ProcessInput {
    /** How long the attachment outlives the last input, so that not each piece of input needs one of its own. */
    private static final Duration STAY = Duration.ofSeconds(10);

    private final ProcessOutput output;
    private final Poller poller;
    private boolean stays; // guarded by this, like staysUntilNanos
    private long staysUntilNanos;

    ProcessInput(ProcessOutput output, Poller poller) {
        this.output = output;
        this.poller = poller;
    }

    /** Whether a process without a terminal can still read what is typed. */
    boolean isRead() throws IOException {
        stay();
        output.use();
        try {
            return output.present().isInputRead();
        } finally {
            output.disuse();
        }
    }

    /** Types a packet. @return false if it was not taken in time, because the process does not read */
    boolean send(byte[] packet, Duration limit) throws IOException {
        stay();
        output.use();
        try {
            return output.present().send(packet, limit);
        } finally {
            output.disuse();
        }
    }

    /** Says that no more will be typed. */
    void end() throws IOException {
        output.use();
        try {
            output.present().endInput();
        } finally {
            output.disuse();
        }
    }

    private void stay() throws IOException {
        synchronized (this) {
            staysUntilNanos = System.nanoTime() + STAY.toNanos();
            if (stays) {
                return;
            }
            stays = true;
        }
        try {
            output.use();
        } catch (IOException e) {
            synchronized (this) {
                stays = false;
            }
            throw e;
        }
        leaveAfter(STAY);
    }

    private void leaveAfter(Duration delay) {
        poller.schedule(delay, () -> {
            long left;
            synchronized (this) {
                left = staysUntilNanos - System.nanoTime();
                stays = left > 0;
            }
            if (left > 0) {
                leaveAfter(Duration.ofNanos(left));
            } else {
                output.disuse();
            }
        });
    }
}
