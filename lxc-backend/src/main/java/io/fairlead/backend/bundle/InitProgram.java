package io.fairlead.backend.bundle;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Looks for init's program before the runtime does, because the runtime does not say where it looked. */
final class InitProgram {
    private static final int EXECUTABLE = 0111;
    private static final int PERMISSIONS = 07777;
    private static final String PATH = "PATH=";

    private final GuestPlan plan;
    private final RootedTree tree;
    private final String program;

    /** @param tree with everything mounted in it */
    InitProgram(GuestPlan plan, RootedTree tree) {
        this.plan = plan;
        this.tree = tree;
        this.program = plan.init().command().get(0);
    }

    /**
     * @param environment its PATH is searched for a program without a slash
     * @throws IOException if the program is missing or not executable
     */
    void require(List<String> environment) throws IOException {
        if (program.startsWith("/")) {
            // The runtime's own mounts are not there yet.
            if (!LateMounts.holds(program)) {
                FileStat found = stat(program)
                        .orElseThrow(() -> new IOException("its init %s does not exist in its root %s: no such file"
                                .formatted(program, plan.rootName())));
                requireExecutable(found);
            }
        } else if (!program.contains("/")) {
            String path = environment.stream()
                    .filter(variable -> variable.startsWith(PATH))
                    .reduce((first, second) -> second)
                    .orElse(PATH)
                    .substring(PATH.length());
            for (String folder : path.split(":")) {
                if (stat(folder + "/" + program).isPresent()) {
                    return;
                }
            }
            throw new IOException("its init %s is in none of the folders %s of its root %s: no such file"
                    .formatted(program, path, plan.rootName()));
        }
    }

    private void requireExecutable(FileStat found) throws IOException {
        if (!found.isRegular()) {
            throw new IOException("its init %s in its root %s is no program: it is not a regular file"
                    .formatted(program, plan.rootName()));
        }
        if ((found.mode() & EXECUTABLE) == 0) {
            throw new IOException("its init %s in its root %s may not be executed: its mode is %04o"
                    .formatted(program, plan.rootName(), found.mode() & PERMISSIONS));
        }
    }

    private Optional<FileStat> stat(String path) throws IOException {
        if (List.of(path.split("/")).contains("..")) {
            return stat(java.nio.file.Path.of(path).normalize().toString());
        }
        try (Fd found = tree.open(path, OpenFlags.O_PATH, 0)) {
            return Optional.of(FileStat.of(found));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return Optional.empty();
            }
            throw new IOException("its init %s in its root %s: %s".formatted(program, plan.rootName(), e.words()), e);
        }
    }
}
