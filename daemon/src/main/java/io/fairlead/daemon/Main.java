package io.fairlead.daemon;

import io.fairlead.daemon.config.ConfigException;
import java.util.Optional;

/** The program. {@code ./fairlead} starts it. */
public final class Main {
    static final int FAILED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        NativeLibraries.use();
        Optional<InstanceChoice> plain = PlainDaemonArguments.parse(arguments);
        System.exit(plain.isPresent() ? serve(plain.get()) : CommandLines.execute(arguments));
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
