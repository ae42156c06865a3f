package io.fairlead.daemon;

import io.fairlead.daemon.config.ConfigException;
import io.fairlead.daemon.config.DaemonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which instance a command is about, as its command line says.
 *
 * @param root the folder below which everything is kept; null for the system's own folders
 * @param file the configuration to read; null for /etc/fairlead/fairlead.conf
 */
record InstanceChoice(Path root, Path file) {
    /** @throws ConfigException when the configuration cannot be read or is wrong */
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
