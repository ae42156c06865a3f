package io.fairlead.daemon;

import io.fairlead.daemon.Instance.SocketPair;
import io.fairlead.daemon.client.ExecCommand;
import io.fairlead.daemon.client.LogsCommand;
import io.fairlead.daemon.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The program. {@code ./fairlead} starts it. */
public final class Main {
    static final int FAILED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        NativeLibraries.use();
        System.exit(run(arguments));
    }

    /** Commands whose start is waited for are read without picocli ({@link PlainDaemonArguments} says why). */
    private static int run(String... arguments) {
        String command = arguments.length == 0 ? "" : arguments[0];
        switch (command) {
            case "exec":
                return ExecCommand.run(Main::sockets, rest(arguments));
            case "logs":
                return LogsCommand.run(Main::sockets, rest(arguments));
            default:
                Optional<InstanceChoice> plain = PlainDaemonArguments.parse(arguments);
                return plain.isPresent() ? serve(plain.get()) : CommandLines.execute(arguments);
        }
    }

    private static String[] rest(String... arguments) {
        return Arrays.copyOfRange(arguments, 1, arguments.length);
    }

    /** The last socket first: another program may serve those before it, which are for libvirt's own names. */
    private static List<Path> sockets(Path root) throws IOException {
        try {
            List<Path> sockets = new ArrayList<>();
            for (SocketPair pair :
                    Instance.of(new InstanceChoice(root, null).config()).sockets()) {
                sockets.add(0, pair.readWrite());
            }
            return sockets;
        } catch (ConfigException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** As {@link DaemonCommand}, without picocli. */
    private static int serve(InstanceChoice instance) {
        try {
            Daemon.start(instance.config()).serveUntilTerminated();
        } catch (ConfigException e) {
            System.err.println("fairlead: " + e.getMessage());
        } catch (LinkageError e) {
            NativeLibraries.explain(e)
                    .ifPresentOrElse(line -> System.err.println("fairlead: " + line), e::printStackTrace);
        } catch (Exception e) { // as picocli does: a bug, which needs its stack trace
            e.printStackTrace();
        }
        return FAILED;
    }
}
