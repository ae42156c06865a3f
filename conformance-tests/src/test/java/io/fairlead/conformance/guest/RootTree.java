package io.fairlead.conformance.guest;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.server.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A root directory for a container: busybox under every name it knows (package busybox-static). */
public record RootTree(Path path) {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final List<String> DIRECTORIES =
            List.of("bin", "sbin", "proc", "sys", "dev", "tmp", "run", "etc", "root", "mnt", "var/log");

    /** A tree of its own, about 2 MB; deleted with the directory it lies in. */
    public static RootTree busybox(Path path) {
        try {
            for (String directory : DIRECTORIES) {
                Files.createDirectories(path.resolve(directory));
            }
            // A guest's other users must get through its root, which a temporary directory would keep from them.
            path.toFile().setReadable(true, false);
            path.toFile().setExecutable(true, false);
            path.resolve("tmp").toFile().setWritable(true, false);
            Path program = path.resolve("bin/busybox");
            Files.copy(BUSYBOX, program);
            for (String applet : applets()) {
                Files.createSymbolicLink(path.resolve("bin").resolve(applet), Path.of("busybox"));
            }
            Files.createSymbolicLink(path.resolve("sbin/init"), Path.of("../bin/busybox"));
            Files.writeString(
                    path.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nguest:x:1000:1000::/tmp:/bin/sh\n");
            Files.writeString(path.resolve("etc/group"), "root:x:0:\nguest:x:1000:\n");
            return new RootTree(path);
        } catch (IOException e) {
            throw new UncheckedIOException("busybox tree in " + path, e);
        }
    }

    /** A tree below a new directory of a server. */
    public static RootTree below(Path directory) {
        try {
            return busybox(Files.createTempDirectory(directory, "root-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> applets() {
        return Command.of(BUSYBOX.toString(), "--list")
                .run()
                .orFail()
                .lines()
                .filter(applet -> !applet.equals("busybox"))
                .toList();
    }

    public RootTree file(String name, String content) {
        try {
            Path file = path.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RootTree script(String name, String content) {
        file(name, "#!/bin/sh\n" + content);
        path.resolve(name).toFile().setExecutable(true, false);
        return this;
    }

    public String read(String name) {
        try {
            return Files.readString(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(String name) {
        return Files.exists(path.resolve(name));
    }

    public void delete() {
        Scratch.delete(path);
    }
}
