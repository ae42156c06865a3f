package io.fairlead.kit.store;

import java.nio.file.Path;

/** A file of the state directory that could not be read at start. It was left unchanged. */
public record DamagedFile(Path file, String problem) {}
