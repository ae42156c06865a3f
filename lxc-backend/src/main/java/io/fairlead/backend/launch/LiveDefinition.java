package io.fairlead.backend.launch;

import io.fairlead.backend.files.OwnFiles;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The definition that a guest runs with, kept in its folder for the next daemon. */
final class LiveDefinition {
    private LiveDefinition() {}

    static void write(Path file, DomainDocument definition) throws IOException {
        OwnFiles.write(file, definition.toXml().getBytes(StandardCharsets.UTF_8));
    }

    static DomainDocument read(Path file) throws IOException {
        return DomainDocument.parse(Files.readString(file));
    }
}
