package io.fairlead.linux.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Where programs are. */
public final class Programs {
    // A daemon started by hand by root may have a PATH without the sbin folders, where crun's peers and mkfs live.
    private static final String ALWAYS = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Programs() {}

    /** The first executable file of that name on our PATH, or in the usual folders. */
    public static Optional<Path> find(String name) {
        String path = System.getenv("PATH");
        Set<String> folders = new LinkedHashSet<>();
        for (String folder : ((path == null ? "" : path) + ":" + ALWAYS).split(":")) {
            if (folder.startsWith("/")) {
                folders.add(folder);
            }
        }
        return folders.stream()
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
