package io.fairlead.thin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Nodes as plain files, which keep their bytes while they are away. */
record FileNodes(Path folder) implements DeviceNodes {
    @Override
    public Path make(String name, int major, int minor) {
        try {
            Path node = folder.resolve(name);
            if (!Files.exists(node) && Files.exists(disk(name))) {
                return Files.move(disk(name), node);
            }
            return Files.exists(node) ? node : Files.createFile(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(String name) {
        try {
            if (Files.exists(folder.resolve(name))) {
                Files.move(folder.resolve(name), disk(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path disk(String name) {
        return folder.resolve(name + ".disk");
    }
}
