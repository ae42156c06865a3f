package io.fairlead.storage.directory;

import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountTable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a container has a tree mounted. Its mount namespace is its own, so that unmounting in ours succeeds however much
 * the tree is used there; and it outlives the daemon that made it.
 */
final class TreeUsers {
    private static final Path PROC = Path.of("/proc");

    private TreeUsers() {}

    /**
     * Looks at every other mount namespace.
     *
     * @param upper what the tree's overlay writes to, or null where it has none
     */
    static boolean anyOf(Path tree, Path upper) throws IOException {
        MountEntry lies = below(tree);
        String root = Path.of(lies.root())
                .resolve(lies.target().relativize(tree).toString())
                .toString();
        Set<Path> seen = new HashSet<>();
        seen.add(namespace(PROC.resolve("self")));
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (hasIt(process, seen, tree, upper, lies.device(), root)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasIt(Path process, Set<Path> seen, Path tree, Path upper, String device, String root)
            throws IOException {
        try {
            if (!seen.add(namespace(process))) {
                return false;
            }
            int pid = Integer.parseInt(process.getFileName().toString());
            return MountTable.of(pid).entries().stream().anyMatch(entry -> isIt(entry, tree, upper, device, root));
        } catch (NoSuchFileException | AccessDeniedException e) {
            return false; // it ended meanwhile; or is none of ours, into which we may always look
        } catch (IOException e) {
            if (Files.exists(process)) {
                throw e;
            }
            return false;
        }
    }

    private static boolean isIt(MountEntry entry, Path tree, Path upper, String device, String root) {
        if (upper != null && entry.type().equals("overlay")) {
            // At its own place it is only what an earlier daemon mounted, in a namespace that its children keep.
            return entry.superOption("upperdir")
                            .filter(upper.toString()::equals)
                            .isPresent()
                    && !entry.target().equals(tree);
        }
        return entry.device().equals(device) && Path.of(entry.root()).startsWith(root);
    }

    /** The mount the tree lies on, not one on the tree itself. */
    private static MountEntry below(Path tree) throws IOException {
        return MountTable.own().entries().stream()
                .filter(entry -> tree.startsWith(entry.target()) && !tree.equals(entry.target()))
                .max(Comparator.comparingInt(entry -> entry.target().getNameCount()))
                .orElseThrow(() -> new IOException("no mount has " + tree));
    }

    private static Path namespace(Path process) throws IOException {
        return Files.readSymbolicLink(process.resolve("ns/mnt"));
    }
}
