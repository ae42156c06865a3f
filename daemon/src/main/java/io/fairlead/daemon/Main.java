package io.fairlead.daemon;

import io.fairlead.daemon.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program's command line. {@code ./fairlead} starts it. */
@Command(
        name = "fairlead",
        description = "Runs Linux containers and serves them to libvirt clients.",
        subcommands = {DaemonCommand.class, DoctorCommand.class, VersionCommand.class},
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true)
public final class Main {
    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler(Main::explain);
        System.exit(line.execute(arguments));
    }

    /** What an administrator can put right is said in one line; anything else is our fault and needs its stack. */
    private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof ConfigException) {
            line.getErr().println("fairlead: " + failure.getMessage());
            return FAILED;
        }
        throw failure;
    }

    static final class Version implements IVersionProvider {
        static String number() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "unpackaged" : version;
        }

        @Override
        public String[] getVersion() {
            return new String[] {"fairlead " + number()};
        }
    }
}
