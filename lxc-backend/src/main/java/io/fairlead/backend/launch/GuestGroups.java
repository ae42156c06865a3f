package io.fairlead.backend.launch;

import io.fairlead.linux.cgroup.Cgroup;
import io.fairlead.linux.cgroup.CgroupLayout;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names the guests' control groups, {@code <root>/<partition>/<name>-<uuid>}, and removes the groups above
 * them with the last guest. Safe for concurrent use.
 */
final class GuestGroups {
    private static final Logger log = LoggerFactory.getLogger(GuestGroups.class);
    private static final int NAME_MAX = 64;
    private static final int FIRST_PART = 8;

    private final CgroupLayout layout;
    private final String root;
    private final Remains remains;
    private int users;

    GuestGroups(CgroupLayout layout, String root, Remains remains) {
        this.layout = layout;
        this.root = root;
        this.remains = remains;
    }

    /** @param partition begins with a slash, as in the definition */
    String path(String partition, String name, UUID uuid) {
        String safe = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
        // The whole uuid is needed: names that differ only in replaced characters look the same here.
        String leaf = safe.substring(0, Math.min(NAME_MAX, safe.length())) + "-" + uuid;
        return root + partition.replaceAll("/+$", "") + "/" + leaf;
    }

    /**
     * Whether a path can be that of a guest's group. Earlier versions used only the first part of the uuid.
     *
     * @param folder name of the guest's folder, a uuid; a folder with another name has no group
     */
    static boolean isOf(String folder, String path) {
        String leaf = path.substring(path.lastIndexOf('/') + 1);
        return folder.length() > FIRST_PART
                && (leaf.endsWith("-" + folder) || leaf.endsWith("-" + folder.substring(0, FIRST_PART)));
    }

    Cgroup group(String path) {
        return layout.group(path);
    }

    Cgroup root() {
        return layout.group(root);
    }

    /** To be called before a guest's group is made; each call needs a {@link #leave}. */
    synchronized void enter() {
        users++;
    }

    /** To be called after a guest's group is removed. */
    synchronized void leave() {
        users--;
        removeIfUnused();
    }

    synchronized void removeIfUnused() {
        if (users > 0) {
            return;
        }
        try {
            if (root().exists() && root().processes().isEmpty()) {
                remains.removeGroup(root);
            }
        } catch (IOException e) {
            log.warn("cannot remove the empty control group {}: {}", root, e.getMessage());
        }
    }
}
