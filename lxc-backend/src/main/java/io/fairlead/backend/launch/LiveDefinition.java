package io.fairlead.backend.launch;

import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The definition a guest runs by, kept whole beside it for the next daemon. */
final class LiveDefinition {
    private LiveDefinition() {}

    static void write(Path file, DomainDocument definition) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, definition.toXml());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static DomainDocument read(Path file) throws IOException {
        return DomainDocument.parse(Files.readString(file));
    }
}
