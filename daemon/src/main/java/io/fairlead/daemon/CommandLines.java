package io.fairlead.daemon;

import io.fairlead.daemon.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program's command line, read and explained by picocli. */
@Command(
        name = "fairlead",
        description = "Runs Linux containers and serves them to libvirt clients.",
        subcommands = {DaemonCommand.class, DoctorCommand.class, VersionCommand.class},
        versionProvider = CommandLines.VersionText.class,
        mixinStandardHelpOptions = true)
final class CommandLines {
    private CommandLines() {}

    /** Returns the program's exit status. */
    static int execute(String... arguments) {
        CommandLine line = new CommandLine(new CommandLines());
        line.setExecutionExceptionHandler(CommandLines::explain);
        try {
            return line.execute(arguments);
        } catch (LinkageError e) {
            line.getErr().println("fairlead: " + NativeLibraries.explain(e).orElseThrow(() -> e));
            return Main.FAILED;
        }
    }

    /** An error that an administrator can correct is one line; any other is a bug and needs its stack trace. */
    private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof ConfigException) {
            line.getErr().println("fairlead: " + failure.getMessage());
            return Main.FAILED;
        }
        throw failure;
    }

    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"fairlead " + Version.number()};
        }
    }
}
