package io.fairlead.backend.bundle;

import io.fairlead.xml.domain.model.Console;
import io.fairlead.xml.domain.model.DomainDefinition;
import io.fairlead.xml.domain.model.Filesystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of the host that get a copy of the console's output: {@code <log file>} of a console or serial port. Both are
 * the guest's only terminal.
 *
 * @param path absolute
 * @param appends whether the file keeps its old content when the guest starts
 */
public record ConsoleFiles(Path path, boolean appends) {

    /** Each file once, in the order of the definition. */
    public static List<ConsoleFiles> of(DomainDefinition definition) {
        Map<Path, ConsoleFiles> files = new LinkedHashMap<>();
        List<Console> all = new ArrayList<>(definition.devices().consoles());
        all.addAll(definition.devices().serials());
        for (Console console : all) {
            console.logFile().ifPresent(file -> {
                Refusal.unlessValid(
                        file.startsWith("/") && !file.endsWith("/") && file.indexOf('\0') < 0,
                        "console log file '%s' (expected: an absolute path)",
                        file);
                Path path = Path.of(file).normalize();
                files.putIfAbsent(path, new ConsoleFiles(path, console.logAppends()));
            });
        }
        return List.copyOf(files.values());
    }

    /** The folders of the host that the guest can change: a link in one of them cannot be trusted. */
    public static List<Path> guestFolders(DomainDefinition definition) {
        return definition.devices().filesystems().stream()
                .filter(filesystem -> filesystem.type() == Filesystem.Type.MOUNT)
                .map(filesystem -> Path.of(filesystem.source()))
                .filter(folder -> folder.isAbsolute() && folder.getNameCount() > 0)
                .toList();
    }
}
