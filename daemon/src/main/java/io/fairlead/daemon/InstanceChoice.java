package io.fairlead.daemon;

import io.fairlead.daemon.config.ConfigException;
import io.fairlead.daemon.config.DaemonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The instance that a command line names.
 *
 * @param root the folder for all of the instance's files; null for the system's own folders
 * @param file the configuration to read; null for /etc/fairlead/fairlead.conf
 */
record InstanceChoice(Path root, Path file) {
    /** @throws ConfigException if the configuration cannot be read or is wrong */
    DaemonConfig config() {
        DaemonConfig config = DaemonConfig.load(Optional.ofNullable(file));
        return root == null ? config : config.withRoot(real(root));
    }

    /** One name for a folder, however it is written: names of control groups are made from it. */
    private static Path real(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            return Files.exists(absolute) ? absolute.toRealPath() : absolute;
        } catch (IOException e) {
            throw new ConfigException("cannot look up folder %s: %s".formatted(folder, e), e);
        }
    }
}
