package io.fairlead.storage.pool;

/** Paths as clients write them. */
final class PathText {
    private PathText() {}

    /**
     * Without doubled slashes and one at the end, as libvirt compares paths. Names of files, links among them, are not
     * looked at.
     */
    static String clean(String path) {
        String folded = path.replaceAll("/{2,}", "/");
        return folded.length() > 1 && folded.endsWith("/") ? folded.substring(0, folded.length() - 1) : folded;
    }
}
