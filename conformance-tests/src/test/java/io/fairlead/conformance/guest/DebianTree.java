package io.fairlead.conformance.guest;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Debian trees that debootstrap makes once per build, with systemd and D-Bus; about 240 MB each, half a minute. */
public final class DebianTree {
    public static final String SYSTEMD = "/lib/systemd/systemd";
    /** sysvinit's, as package sysvinit-core has the name; in the tree of this host's release only. */
    public static final String SYSVINIT = "/sbin/init";

    /** Debian 13. */
    public static final String TRIXIE = "trixie";

    private static final Path FOLDER = Path.of("target").toAbsolutePath();

    /** Where the users of a mapped tree begin on the host. */
    public static final int FIRST_ID = 100_000;

    /** A change of owner takes the bits for setuid and setgid away. */
    private static final String SHIFT =
            """
            import os, stat, sys
            top, first = sys.argv[1], int(sys.argv[2])
            paths = [top]
            for folder, folders, files in os.walk(top):
                paths += [os.path.join(folder, name) for name in folders + files]
            for path in paths:
                found = os.lstat(path)
                os.lchown(path, found.st_uid + first, found.st_gid + first)
                if not stat.S_ISLNK(found.st_mode) and found.st_mode & 0o6000:
                    os.chmod(path, stat.S_IMODE(found.st_mode))
            """;

    private DebianTree() {}

    /** A separate copy, of this host's release, with sysvinit beside systemd. */
    public static RootTree copyTo(Path path) {
        return copyTo(path, suite());
    }

    /** A separate copy, of that release. */
    public static RootTree copyTo(Path path, String suite) {
        Command.of("cp", "-a", made(suite).toString(), path.toString())
                .within(Duration.ofMinutes(2))
                .run()
                .orFail();
        return new RootTree(path);
    }

    private static synchronized Path made(String suite) {
        Path made = FOLDER.resolve("debian-tree-" + suite);
        if (!Files.exists(made)) {
            make(suite, made);
        }
        return made;
    }

    /** Gives everything in it to the users that a container's are mapped to. */
    public static RootTree shift(RootTree tree) {
        Command.of("/usr/bin/python3", "-c", SHIFT, tree.path().toString(), Integer.toString(FIRST_ID))
                .run()
                .orFail();
        return tree;
    }

    private static void make(String suite, Path made) {
        Path part = made.resolveSibling(made.getFileName() + ".part");
        Command.of("rm", "-rf", part.toString()).run().orFail();
        String packages = suite.equals(suite()) ? "systemd,sysvinit-core,dbus" : "systemd,dbus";
        Outcome outcome = Command.of(
                        "debootstrap", "--variant=minbase", "--include=" + packages, suite, part.toString(), mirror())
                .within(Duration.ofMinutes(6))
                .run();
        outcome.orFail();
        try {
            // No guest may wait for a disk check or a clock.
            Files.deleteIfExists(part.resolve("etc/hostname"));
            Files.move(part, made, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String suite() {
        return Command.of("sh", "-c", ". /etc/os-release; echo ${VERSION_CODENAME:-bookworm}")
                .run()
                .orFail();
    }

    /** The mirror this machine is configured with, whichever form its list has. */
    private static String mirror() {
        String found = Command.of(
                        "sh",
                        "-c",
                        "cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null"
                                + " | grep -oE '(https?|file)://[^ ]*/debian/?( |$)' | head -n 1")
                .run()
                .out()
                .strip();
        return found.isEmpty() ? "http://deb.debian.org/debian" : found;
    }
}
