package io.fairlead.daemon;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "daemon",
        description = "Runs the daemon in the foreground. It prints \"ready\" when it serves, and ends on SIGTERM.",
        mixinStandardHelpOptions = true)
final class DaemonCommand implements Callable<Integer> {
    /** The choice of the instance, for commands that need one. */
    static final class InstanceOptions {
        @Option(names = "--root", paramLabel = "DIR", description = "Keep everything below this folder.")
        private Path root;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "Read this file in place of /etc/fairlead/fairlead.conf.")
        private Path file;

        InstanceChoice choice() {
            return new InstanceChoice(root, file);
        }
    }

    @Mixin
    private InstanceOptions instance;

    @Override
    public Integer call() throws Exception {
        Daemon.start(instance.choice().config()).serveUntilTerminated();
        return 0;
    }
}
