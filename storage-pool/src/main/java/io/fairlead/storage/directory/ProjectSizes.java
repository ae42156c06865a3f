package io.fairlead.storage.directory;

import io.fairlead.linux.quota.FolderProject;
import io.fairlead.linux.quota.ProjectQuota;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sizes of trees, where the pool's file system counts by project (ext4 and xfs, mounted {@code prjquota}). A tree's own
 * writes count under a number of its own, kept in its record. Layers are shared, so they do not count.
 */
final class ProjectSizes {
    /** Small numbers are for administrators, in /etc/projects. */
    private static final int FIRST = 1 << 24;

    private final Path pool;
    private final boolean possible;

    ProjectSizes(Path pool) throws IOException {
        this.pool = pool;
        // Nothing could be moved into a folder that gives its own project to all that is in it.
        this.possible = ProjectQuota.isEnforcedAt(pool) && FolderProject.of(pool) == 0;
    }

    boolean possible() {
        return possible;
    }

    /** Gives a tree an unused number, and its empty folders to that number. @param bytes 0 for no limit */
    void begin(TreeRecord record, long bytes, Path... folders) throws IOException {
        if (!possible) {
            record.forgetProject(); // of a time when it was
            return;
        }
        int id = unused();
        record.writeProject(id);
        ProjectQuota.limit(pool, id, bytes);
        for (Path folder : folders) {
            FolderProject.assign(folder, id);
        }
    }

    /** Other programs count on this file system, too, and the remains of a deleted tree keep its number for a while. */
    private int unused() throws IOException {
        while (true) {
            int id = ThreadLocalRandom.current().nextInt(FIRST, Integer.MAX_VALUE);
            if (ProjectQuota.of(pool, id).equals(new ProjectQuota(0, 0))) {
                return id;
            }
        }
    }

    Trees.Size of(TreeRecord record) throws IOException {
        OptionalInt id = possible ? record.project() : OptionalInt.empty();
        if (id.isEmpty()) {
            return Trees.Size.UNKNOWN;
        }
        ProjectQuota quota = ProjectQuota.of(pool, id.getAsInt());
        return new Trees.Size(quota.limitBytes(), quota.usedBytes());
    }

    /** False for a tree without a number: it was made when the file system did not count. */
    boolean limit(TreeRecord record, long bytes) throws IOException {
        OptionalInt id = possible ? record.project() : OptionalInt.empty();
        if (id.isPresent()) {
            ProjectQuota.limit(pool, id.getAsInt(), bytes);
        }
        return id.isPresent();
    }

    /** Of a tree that is gone. */
    void end(OptionalInt project) throws IOException {
        if (possible && project.isPresent()) {
            ProjectQuota.limit(pool, project.getAsInt(), 0);
        }
    }
}
