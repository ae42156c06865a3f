package io.fairlead.conformance.guest;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * Debian trees that debootstrap makes once per build, with systemd and D-Bus; about 240 MB each, half a minute.
 *
 * <p>On another kernel, whose memory is its disk, a tree is an overlay on one that was prepared before: see
 * {@link #prepare}.
 */
@SuppressWarnings("try") // the lock is held, not used
public final class DebianTree {
    public static final String SYSTEMD = "/lib/systemd/systemd";
    /** sysvinit's, as package sysvinit-core has the name; in the tree of this host's release only. */
    public static final String SYSVINIT = "/sbin/init";

    /** Debian 13. */
    public static final String TRIXIE = "trixie";

    /** A folder of prepared trees. */
    public static final String PREPARED = "conformance.trees";

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

    /** A separate tree of this host's release, with sysvinit beside systemd. */
    public static RootTree at(Path path) {
        return at(path, suite(), false);
    }

    /**
     * A separate tree.
     *
     * @param suite the release, such as {@link #TRIXIE}
     * @param mapped whether its files belong to users from {@link #FIRST_ID} on
     */
    public static RootTree at(Path path, String suite, boolean mapped) {
        String prepared = System.getProperty(PREPARED);
        if (prepared != null) {
            return overlay(Path.of(prepared, name(suite, mapped)), path);
        }
        copy(made(suite), path);
        return mapped ? shift(new RootTree(path)) : new RootTree(path);
    }

    /** To be called before the folder of a tree is deleted. */
    public static void release(RootTree tree) {
        if (System.getProperty(PREPARED) != null) {
            Command.of("umount", "--lazy", tree.path().toString()).run().orFail();
        }
    }

    /** This host's release. */
    public static String suite() {
        return Command.of("sh", "-c", ". /etc/os-release; echo ${VERSION_CODENAME:-bookworm}")
                .run()
                .orFail();
    }

    /** Makes all trees in a folder that another kernel sees. */
    public static void prepare(Path folder) {
        for (String suite : List.of(suite(), TRIXIE)) {
            for (boolean mapped : new boolean[] {false, true}) {
                Path tree = folder.resolve(name(suite, mapped));
                copy(made(suite), tree);
                if (mapped) {
                    shift(new RootTree(tree));
                }
            }
        }
    }

    private static String name(String suite, boolean mapped) {
        return mapped ? suite + "-mapped" : suite;
    }

    private static RootTree overlay(Path lower, Path path) {
        Path upper = path.resolveSibling(path.getFileName() + ".upper");
        Path work = path.resolveSibling(path.getFileName() + ".work");
        Command.of("mkdir", path.toString(), upper.toString(), work.toString())
                .run()
                .orFail();
        // The root's owner, which a new upper directory does not have.
        Command.of("chown", "--reference=" + lower, upper.toString()).run().orFail();
        String layers = "lowerdir=%s,upperdir=%s,workdir=%s".formatted(lower, upper, work);
        Command.of("mount", "-t", "overlay", "overlay", "-o", layers, path.toString())
                .run()
                .orFail();
        return new RootTree(path);
    }

    private static void copy(Path tree, Path path) {
        Command.of("cp", "-a", tree.toString(), path.toString())
                .within(Duration.ofMinutes(2))
                .run()
                .orFail();
    }

    /** Several virtual machines run test classes at once, and only one of them makes it. */
    private static synchronized Path made(String suite) {
        Path made = FOLDER.resolve("debian-tree-" + suite);
        try (FileChannel file = FileChannel.open(
                        made.resolveSibling(made.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (!Files.exists(made)) {
                make(suite, made);
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives everything in it to the users that a container's are mapped to. */
    private static RootTree shift(RootTree tree) {
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
