package io.fairlead.conformance.client;

import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Something in memory, mounted as the host's administrator does while a daemon runs. */
public final class HostMount implements AutoCloseable {
    private final Server server;
    private final Path path;

    private HostMount(Server server, Path path) {
        this.server = server;
        this.path = path;
    }

    /** Mounts it on a new folder, or on one that is there; everybody may write to it. */
    public static HostMount at(Server server, Path path, String options) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HostMount mount = new HostMount(server, path);
        mount.run("mount", "-t", "tmpfs", "-o", options + ",mode=777", "fairlead-test", path.toString());
        return mount;
    }

    /** On a new folder below the server's. */
    public static HostMount below(Server server, String options) {
        try {
            Path path = Files.createTempDirectory(server.directory(), "mount-");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            return at(server, path, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same files at a second place. */
    public static HostMount bind(Server server, Path source, Path path) {
        HostMount mount = new HostMount(server, path);
        mount.run("mount", "--bind", source.toString(), path.toString());
        return mount;
    }

    public Path path() {
        return path;
    }

    public HostMount again(String options) {
        run("mount", "-o", "remount," + options, path.toString());
        return this;
    }

    public HostMount file(String name) {
        run("touch", path.resolve(name).toString());
        return this;
    }

    /** The original lives in namespaces of its own; the program looks for itself in /proc. */
    private void run(String... words) {
        List<String> command = new ArrayList<>();
        if (server.isOracle()) {
            command.addAll(List.of("nsenter", "--mount", "--pid", "--target", Long.toString(server.pid())));
        }
        command.addAll(List.of(words));
        Command.of(command).run().orFail();
    }

    @Override
    public void close() {
        run("umount", "--lazy", path.toString());
    }
}
