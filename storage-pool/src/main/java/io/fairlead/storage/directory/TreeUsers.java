package io.fairlead.storage.directory;

import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The mounts of other mount namespaces at one moment, to find out whether a container uses a tree. A container has a
 * mount namespace of its own, which outlives the daemon that made it. So unmounting a tree in ours succeeds however
 * much the container uses it.
 */
final class TreeUsers {
    private static final Path PROC = Path.of("/proc");

    private final MountTable own;
    private final List<MountTable> others;

    private TreeUsers(MountTable own, List<MountTable> others) {
        this.own = own;
        this.others = others;
    }

    /**
     * Looks at one process of every namespace. There may be many namespaces, so a caller with many trees looks once.
     */
    static TreeUsers look() throws IOException {
        List<MountTable> others = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        seen.add(namespace(PROC.resolve("self")));
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                add(process, seen, others);
            }
        }
        return new TreeUsers(MountTable.own(), others);
    }

    private static void add(Path process, Set<Path> seen, List<MountTable> others) throws IOException {
        try {
            Path namespace = namespace(process);
            if (!seen.contains(namespace)) {
                others.add(MountTable.of(Integer.parseInt(process.getFileName().toString())));
                seen.add(namespace); // now: had the process ended before, the next one of its namespace would be asked
            }
        } catch (NoSuchFileException | AccessDeniedException e) {
            return; // it ended meanwhile; or is none of ours, into which we may always look
        } catch (ErrnoException e) {
            // An ending process loses its folders, then its namespace, and is still listed (proc_namespace.c).
            if (!Set.of(Errno.ENOENT, Errno.EINVAL, Errno.ESRCH).contains(e.errno()) && Files.exists(process)) {
                throw e;
            }
        } catch (IOException e) {
            if (Files.exists(process)) {
                throw e;
            }
        }
    }

    private static Path namespace(Path process) throws IOException {
        return Files.readSymbolicLink(process.resolve("ns/mnt"));
    }

    /** Whether any of them uses a tree. @param upper the folder its overlay writes to, or null where it has none */
    boolean have(Path tree, Path upper) throws IOException {
        MountEntry lies = below(tree);
        String root = Path.of(lies.root())
                .resolve(lies.target().relativize(tree).toString())
                .toString();
        return others.stream()
                .flatMap(table -> table.entries().stream())
                .anyMatch(entry -> isIt(entry, tree, upper, lies.device(), root));
    }

    private static boolean isIt(MountEntry entry, Path tree, Path upper, String device, String root) {
        if (upper != null && entry.type().equals("overlay")) {
            // At its own place it is only the mount of an earlier daemon, in a namespace that its children keep.
            return entry.superOption("upperdir")
                            .filter(upper.toString()::equals)
                            .isPresent()
                    && !entry.target().equals(tree);
        }
        return entry.device().equals(device) && Path.of(entry.root()).startsWith(root);
    }

    /** The mount the tree lies on, not one on the tree itself. */
    private MountEntry below(Path tree) throws IOException {
        return own.entries().stream()
                .filter(entry -> tree.startsWith(entry.target()) && !tree.equals(entry.target()))
                .max(Comparator.comparingInt(entry -> entry.target().getNameCount()))
                .orElseThrow(() -> new IOException("no mount has " + tree));
    }
}
