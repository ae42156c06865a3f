package io.fairlead.daemon.client;

import java.io.IOException;

/** Nobody reads this process's own output any more, as in {@code fairlead logs web | head}. */
final class OutputClosedException extends IOException {
    /** The status of a program that SIGPIPE has killed, as a shell counts. */
    static final int STATUS = 128 + 13;

    OutputClosedException(IOException cause) {
        super("the output is closed: " + cause.getMessage(), cause);
    }
}
