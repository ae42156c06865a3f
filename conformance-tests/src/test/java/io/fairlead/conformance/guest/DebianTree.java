package io.fairlead.conformance.guest;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** A Debian that debootstrap makes once per build, with systemd and sysvinit side by side; about 240 MB, half a minute. */
public final class DebianTree {
    private static final Path MADE = Path.of("target/debian-tree").toAbsolutePath();
    public static final String SYSTEMD = "/lib/systemd/systemd";
    /** sysvinit's, as package sysvinit-core has the name. */
    public static final String SYSVINIT = "/sbin/init";

    private DebianTree() {}

    /** A copy of one's own. */
    public static synchronized RootTree copyTo(Path path) {
        if (!Files.exists(MADE)) {
            make();
        }
        Command.of("cp", "-a", MADE.toString(), path.toString())
                .within(Duration.ofMinutes(2))
                .run()
                .orFail();
        return new RootTree(path);
    }

    private static void make() {
        Path part = MADE.resolveSibling("debian-tree.part");
        Command.of("rm", "-rf", part.toString()).run().orFail();
        Outcome outcome = Command.of(
                        "debootstrap",
                        "--variant=minbase",
                        "--include=systemd,sysvinit-core,dbus",
                        suite(),
                        part.toString(),
                        mirror())
                .within(Duration.ofMinutes(6))
                .run();
        outcome.orFail();
        try {
            // No guest is to wait for a disk check or a clock.
            Files.deleteIfExists(part.resolve("etc/hostname"));
            Files.move(part, MADE, StandardCopyOption.ATOMIC_MOVE);
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
