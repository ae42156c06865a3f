package io.fairlead.backend.console;

import io.fairlead.core.backend.Io;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.core.backend.Stdio;
import io.fairlead.core.backend.TerminalSize;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.sys.Poller;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** The standard streams of a process that runs under a monitor of its own. Safe for concurrent use. */
public final class MonitoredIo implements Io {
    // Few enough bytes for one packet and one write to a terminal.
    private static final int TYPED_BYTES = 4096;
    /** How long a writer that is no longer wanted may go on waiting. */
    private static final Duration WAIT = Duration.ofMillis(200);
    /** In the monitor's folder: a client was connected to a process whose input ends with its writer. */
    private static final String INPUT_TAKEN = "input-taken";

    /** The monitor's FIFO for commands. */
    private static final String CONTROL = "ctl";

    private final String subject;
    private final Stdio stdio;
    private final ConsoleLog log;
    private final ProcessOutput output;
    private final ProcessInput input;
    private final TerminalControl terminal;
    private volatile boolean inputEnded;

    /**
     * @param subject whose streams they are, for messages: {@code domain web}
     * @param folder the monitor's folder
     * @param poller its thread serves all processes
     * @param dead whether the process has ended, although its monitor may not have
     */
    public MonitoredIo(
            String subject,
            Stdio stdio,
            ConsoleLog log,
            Path folder,
            Attachment.Attacher attacher,
            Poller poller,
            BooleanSupplier dead) {
        this.subject = subject;
        this.stdio = stdio;
        this.log = log;
        boolean once = stdio instanceof Stdio.Pipes pipes && pipes.input() == Stdio.Input.ONCE;
        Path taken = folder.resolve(INPUT_TAKEN);
        // The monitor ended the input when the daemon before died, if that one was connected.
        inputEnded = !stdio.takesInput() || once && Files.exists(taken);
        output = new ProcessOutput(subject, log, once ? recording(attacher, taken) : attacher, poller, once, dead);
        input = new ProcessInput(output, poller);
        terminal = new TerminalControl(folder.resolve(CONTROL), poller);
    }

    /** Writes down that there was a connection before there is one. */
    private static Attachment.Attacher recording(Attachment.Attacher attacher, Path taken) {
        return onPackets -> {
            try {
                Files.createFile(taken);
            } catch (FileAlreadyExistsException e) {
                // Not the first connection.
            }
            return attacher.attach(onPackets);
        };
    }

    /** The recorded output of a process that has no monitor any more. */
    public static OutputReader recorded(String subject, ConsoleLog log, LogRange range) {
        return RecordedOutput.read(subject, log, range);
    }

    ProcessOutput output() {
        return output;
    }

    @Override
    public Stdio stdio() {
        return stdio;
    }

    @Override
    public OutputReader attach(LogRange range) {
        return output.attach(range);
    }

    @Override
    public OutputReader log(LogRange range, boolean follow) {
        return follow ? output.follow(range) : recorded(subject, log, range);
    }

    @Override
    public void write(byte[] data) {
        write(data, () -> false);
    }

    /** @param givenUp whether the wait for the process is to end */
    void write(byte[] data, BooleanSupplier givenUp) {
        if (inputEnded) {
            throw new EngineException(
                    ErrorCode.OPERATION_INVALID, "cannot write to %s: its input is at its end".formatted(subject));
        }
        try {
            if (!stdio.isTerminal() && !input.isRead()) {
                throw new EngineException(
                        ErrorCode.OPERATION_INVALID, "cannot write to %s: it has closed its input".formatted(subject));
            }
            for (int at = 0; at < data.length; at += TYPED_BYTES) {
                byte[] piece = Arrays.copyOfRange(data, at, Math.min(data.length, at + TYPED_BYTES));
                while (!input.send(piece, WAIT)) {
                    requireWanted(givenUp);
                }
            }
        } catch (IOException e) {
            throw ended("write to", e);
        }
    }

    private void requireWanted(BooleanSupplier givenUp) {
        if (givenUp.getAsBoolean()) {
            throw new EngineException(
                    ErrorCode.OPERATION_INVALID, "cannot write to %s: the client has gone".formatted(subject));
        }
        if (Thread.interrupted()) {
            throw new EngineException(
                    ErrorCode.OPERATION_FAILED,
                    "cannot write to %s: it does not read, and the wait was interrupted".formatted(subject));
        }
    }

    @Override
    public void endInput() {
        if (inputEnded || !(stdio instanceof Stdio.Pipes pipes) || pipes.input() != Stdio.Input.ONCE) {
            return;
        }
        try {
            input.end();
            inputEnded = true;
        } catch (IOException e) {
            throw ended("end the input of", e);
        }
    }

    @Override
    public void resize(TerminalSize size) {
        if (!stdio.isTerminal()) {
            throw new EngineException(
                    ErrorCode.OPERATION_INVALID, "cannot resize the terminal of %s: it has none".formatted(subject));
        }
        try {
            terminal.resize(size);
        } catch (IOException e) {
            throw ended("resize the terminal of", e);
        }
    }

    /** The process is to end: it waits for no reader any more. */
    public void letGo() {
        output.letGo();
    }

    /** Ends all readers and gives up the connection to the monitor; the process goes on. */
    public void close() {
        output.close();
    }

    private EngineException ended(String act, IOException cause) {
        return new EngineException(
                ErrorCode.OPERATION_INVALID,
                "cannot %s %s: its monitor does not answer".formatted(act, subject),
                cause);
    }
}
