package io.fairlead.storage.image;

import java.nio.file.Path;

/** A file that is to be read or changed as an image of a certain format, whatever it says of itself. */
public record ImageLayer(Path file, String format) {}
