package io.fairlead.storage.image;

import java.nio.file.Path;

/** A file to read or change as an image of a certain format, whatever its own header says. */
public record ImageLayer(Path file, String format) {}
