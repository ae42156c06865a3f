package io.fairlead.core.backend;

import static java.util.Objects.requireNonNull;

/** The standard streams of a process: a terminal for all three, or a pipe for each. It never changes for a process. */
public sealed interface Stdio {
    /** A terminal without a known size, as every guest of a libvirt definition has it. */
    Stdio TERMINAL = new Terminal(TerminalSize.UNKNOWN);

    /** A terminal. Its input never ends. @param size its size before the first instruction */
    record Terminal(TerminalSize size) implements Stdio {
        public Terminal {
            requireNonNull(size, "size");
        }
    }

    /** Pipes: standard output and standard error are apart. */
    record Pipes(Input input) implements Stdio {
        public Pipes {
            requireNonNull(input, "input");
        }
    }

    /** What a process without a terminal reads from its standard input. */
    enum Input {
        /** Nothing: it is at its end from the start. */
        CLOSED,
        /**
         * Everything up to the end that a writer gives it. It also ends with the daemon, once a client has been
         * connected to the process: a monitor takes that for the end of its writer.
         */
        ONCE,
        /** Everything that writers send. It never ends, because another writer may come. */
        OPEN
    }

    /** Whether a client can write to it. */
    default boolean takesInput() {
        return !(this instanceof Pipes pipes && pipes.input() == Input.CLOSED);
    }

    default boolean isTerminal() {
        return this instanceof Terminal;
    }
}
