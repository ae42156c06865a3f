package io.fairlead.daemon.client;

import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC_ATTACH;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC_LIST;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC_RESIZE;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC_SIGNAL;

import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.terminal.Terminal;
import io.fairlead.rpc.protocol.FairleadProcedure.ContainerArgs;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecArgs;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecInfo;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecRef;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecResizeArgs;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecRet;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecSignalArgs;
import io.fairlead.rpc.protocol.StreamPiece;
import io.fairlead.rpc.protocol.StreamPiece.Kind;
import io.fairlead.rpc.wire.RpcException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code fairlead exec}: runs a command in a container, as if it had been typed there. */
public final class ExecCommand {
    private static final int OK = 0;
    /** The daemon refuses, or is gone; no command of a container need have this status (docker, podman). */
    private static final int REFUSED = 125;

    private static final int CANNOT_RUN = 126;
    private static final int INVALID_ARG = 8; // virErrorNumber: the command could not be run as it was asked for
    private static final int SIGINT = 2;
    private static final int SIGPIPE = 13;
    private static final int SIGTERM = 15;
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int READ_BYTES = 16 * 1024;
    private static final long NANOS = 1_000_000_000;

    private final ExecOptions options;
    private final OutputStreams outputs = new OutputStreams();
    private final AtomicInteger interrupts = new AtomicInteger();
    private int status = REFUSED;

    private ExecCommand(ExecOptions options) {
        this.options = options;
    }

    /** Returns the exit status of this process. */
    public static int run(Target target, String... arguments) {
        try {
            return new ExecCommand(ExecOptions.parse(arguments)).run(target);
        } catch (UsageException e) {
            System.err.println("fairlead exec: " + e.getMessage());
            System.err.print(ExecOptions.USAGE);
        } catch (RpcException e) {
            System.err.println("fairlead exec: " + e.getMessage());
            return e.error().code() == INVALID_ARG ? CANNOT_RUN : REFUSED;
        } catch (IOException e) {
            System.err.println("fairlead exec: " + e.getMessage());
        }
        return REFUSED;
    }

    private int run(Target target) throws IOException {
        try (DaemonConnection connection = target.connect(options.root())) {
            if (options.list()) {
                return list(connection);
            }
            if (options.attach() != null) {
                ExecRef ref = new ExecRef(options.container(), options.attach());
                CallStream stream = CallStream.open(connection, CALL_EXEC_ATTACH, ref);
                stream.reply(ExecRet.class);
                return follow(stream, ref.id(), () -> {});
            }
            return options.terminal() ? onTerminal(connection) : onPipes(connection);
        }
    }

    private int list(DaemonConnection connection) throws IOException {
        System.out.printf("%-36s %-9s %-20s %s%n", "ID", "STATE", "STARTED", "COMMAND");
        for (ExecInfo info : connection
                .call(CALL_EXEC_LIST, new ContainerArgs(options.container()))
                .execs()) {
            String state = info.running() ? "running" : "ended " + (info.status() < 0 ? "?" : info.status());
            Instant started = Instant.ofEpochSecond(info.started() / NANOS);
            System.out.printf("%-36s %-9s %-20s %s%n", info.id(), state, started, String.join(" ", info.command()));
        }
        return OK;
    }

    private int onPipes(DaemonConnection connection) throws IOException {
        CallStream stream = start(connection, new Terminal.Size(0, 0));
        String id = stream.reply(ExecRet.class).id();
        forward(connection, id, "INT", SIGINT);
        forward(connection, id, "TERM", SIGTERM);
        if (options.interactive()) {
            copyInput(stream);
        }
        return follow(stream, id, () -> breakPipe(connection, id));
    }

    /** Passes a signal on to the command. A second interrupt ends this process, should the command ignore the first. */
    private void forward(DaemonConnection connection, String id, String name, int signal) {
        ExecSignalArgs call = new ExecSignalArgs(new ExecRef(options.container(), id), signal);
        Signals.on(name, () -> {
            if (interrupts.getAndIncrement() > 0) {
                System.exit(128 + signal);
            }
            try {
                connection.send(CALL_EXEC_SIGNAL, call);
            } catch (IOException e) {
                System.exit(128 + signal); // the reading thread reports the broken connection, if it still can
            }
        });
    }

    private int onTerminal(DaemonConnection connection) throws IOException {
        int fd = options.interactive() ? INPUT : OUTPUT;
        try (Terminal terminal = terminal(fd)) {
            CallStream stream = start(connection, terminal == null ? new Terminal.Size(0, 0) : terminal.size());
            String id = stream.reply(ExecRet.class).id();
            if (terminal != null) {
                Signals.on("WINCH", () -> resize(connection, id, terminal));
                resize(connection, id, terminal); // it may have changed before the signal was listened to
            }
            if (terminal != null && options.interactive()) {
                terminal.raw();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> restore(terminal)));
                copyInput(stream);
            }
            return follow(stream, id, () -> breakPipe(connection, id));
        }
    }

    /** Null if this descriptor is no terminal but need not be one. */
    private Terminal terminal(int fd) throws IOException {
        try {
            return new Terminal(fd);
        } catch (ErrnoException e) {
            if (options.interactive()) {
                throw new IOException("-i and -t need a terminal as input, which this one is not", e);
            }
            return null;
        }
    }

    private static void restore(Terminal terminal) {
        try {
            terminal.close();
        } catch (ErrnoException e) {
            System.err.println("fairlead exec: cannot restore the terminal: " + e.getMessage());
        }
    }

    private void resize(DaemonConnection connection, String id, Terminal terminal) {
        try {
            Terminal.Size size = terminal.size();
            if (size.rows() > 0 || size.columns() > 0) {
                ExecRef ref = new ExecRef(options.container(), id);
                connection.send(CALL_EXEC_RESIZE, new ExecResizeArgs(ref, size.rows(), size.columns()));
            }
        } catch (IOException e) {
            // The terminal or the daemon is gone; the reading thread notices both.
        }
    }

    private CallStream start(DaemonConnection connection, Terminal.Size size) throws IOException {
        ExecArgs call = new ExecArgs(
                options.container(),
                options.command(),
                options.terminal(),
                size.rows(),
                size.columns(),
                options.interactive(),
                options.user(),
                environment(),
                options.directory(),
                null,
                new long[0]);
        return CallStream.open(connection, CALL_EXEC, call);
    }

    /** On a terminal the command learns which kind of terminal it is. */
    private List<String> environment() {
        String kind = System.getenv("TERM");
        boolean told = options.environment().stream().anyMatch(variable -> variable.startsWith("TERM="));
        if (!options.terminal() || kind == null || told) {
            return options.environment();
        }
        List<String> all = new ArrayList<>(options.environment());
        all.add("TERM=" + kind);
        return all;
    }

    private static void copyInput(CallStream stream) {
        Runnable copying = () -> {
            try (InputStream in = new FileInputStream(FileDescriptor.in)) {
                byte[] buffer = new byte[READ_BYTES];
                for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                    stream.send(new StreamPiece(Kind.STDIN, 0, ByteBuffer.wrap(buffer, 0, count)));
                }
                stream.send(new StreamPiece(Kind.STDIN, 0, ByteBuffer.allocate(0)));
            } catch (IOException e) {
                // The daemon is gone, which the reading thread reports, or the input is, which is its end.
            }
        };
        DaemonThreads.named("input", copying).start();
    }

    private static int status(int told) {
        if (told < 0) {
            System.err.println("fairlead exec: the status of the command is not known: its monitor was killed");
            return REFUSED;
        }
        return told;
    }

    /** The command has the rest of a pipeline behind it, which has ended. */
    private void breakPipe(DaemonConnection connection, String id) throws IOException {
        try {
            connection.callAside(CALL_EXEC_SIGNAL, new ExecSignalArgs(new ExecRef(options.container(), id), SIGPIPE));
        } catch (RpcException e) {
            System.err.println("fairlead exec: " + e.getMessage()); // such as: it has ended
        }
    }

    @FunctionalInterface
    private interface Call {
        void make() throws IOException;
    }

    /**
     * Shows the output up to the end of the process.
     *
     * @param onClosed made if nobody reads this process's own output any more
     * @return the process's status
     */
    private int follow(CallStream stream, String id, Call onClosed) throws IOException {
        try {
            stream.receive(piece -> {
                if (piece.kind() == Kind.EXIT) {
                    status = status(piece.status());
                } else {
                    outputs.show(piece);
                }
            });
            return status;
        } catch (OutputClosedException e) {
            onClosed.make();
            return OutputClosedException.STATUS;
        } catch (IOException e) {
            throw new IOException(
                    "%s\nThe command goes on. To see its output and its status: fairlead exec%s %s --attach %s"
                            .formatted(
                                    e.getMessage(),
                                    options.root() == null ? "" : " --root " + options.root(),
                                    options.container(),
                                    id),
                    e);
        }
    }
}
