package io.fairlead.daemon;

import io.fairlead.daemon.config.ConfigException;
import io.fairlead.daemon.config.DaemonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "daemon",
        description = "Runs the daemon in the foreground. It prints \"ready\" when it serves, and ends on SIGTERM.",
        mixinStandardHelpOptions = true)
final class DaemonCommand implements Callable<Integer> {
    /** Which instance, for every command that has to do with one. */
    static final class InstanceOptions {
        @Option(names = "--root", paramLabel = "DIR", description = "Keep everything below this folder.")
        private Path root;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "Read this file in place of /etc/fairlead/fairlead.conf.")
        private Path file;

        DaemonConfig config() {
            DaemonConfig config = DaemonConfig.load(Optional.ofNullable(file));
            return root == null ? config : config.withRoot(real(root));
        }

        /** One name for a folder, whichever way it is written: names of control groups come from it. */
        private static Path real(Path folder) {
            Path absolute = folder.toAbsolutePath().normalize();
            try {
                return Files.exists(absolute) ? absolute.toRealPath() : absolute;
            } catch (IOException e) {
                throw new ConfigException("cannot look up folder %s: %s".formatted(folder, e), e);
            }
        }
    }

    @Mixin
    private InstanceOptions instance;

    @Override
    public Integer call() throws Exception {
        Daemon.start(instance.config()).serveUntilTerminated();
        return 0;
    }
}
