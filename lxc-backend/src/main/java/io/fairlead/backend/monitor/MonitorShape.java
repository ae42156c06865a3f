package io.fairlead.backend.monitor;

import io.fairlead.core.backend.Stdio;
import io.fairlead.core.backend.TerminalSize;
import java.util.List;

/** The kinds of standard streams that a monitor makes for its process; it must know them from its start. */
public enum MonitorShape {
    TERMINAL(List.of("--terminal")),
    /** Without --stdin the process reads from /dev/null. */
    CLOSED_PIPES(List.of()),
    /** The end of any attachment is the end of the input. */
    ONCE_PIPES(List.of("--stdin")),
    OPEN_PIPES(List.of("--stdin", "--leave-stdin-open"));

    private final List<String> options;

    MonitorShape(List<String> options) {
        this.options = options;
    }

    public static MonitorShape of(Stdio stdio) {
        if (!(stdio instanceof Stdio.Pipes pipes)) {
            return TERMINAL;
        }
        return switch (pipes.input()) {
            case CLOSED -> CLOSED_PIPES;
            case ONCE -> ONCE_PIPES;
            case OPEN -> OPEN_PIPES;
        };
    }

    /** Options of conmon. */
    public List<String> options() {
        return options;
    }

    /** The streams, of a terminal without its size. */
    public Stdio stdio() {
        return switch (this) {
            case TERMINAL -> new Stdio.Terminal(TerminalSize.UNKNOWN);
            case CLOSED_PIPES -> new Stdio.Pipes(Stdio.Input.CLOSED);
            case ONCE_PIPES -> new Stdio.Pipes(Stdio.Input.ONCE);
            case OPEN_PIPES -> new Stdio.Pipes(Stdio.Input.OPEN);
        };
    }
}
