package io.fairlead.storage.image;

import java.nio.file.Path;

/** A file to read or change as an image of a certain format. Its own header does not count. */
public record ImageLayer(Path file, String format) {}
