package io.fairlead.core.store;

import java.nio.file.Path;

/** A file of ours that could not be read at start. It was left as it is. */
public record DamagedFile(Path file, String problem) {}
