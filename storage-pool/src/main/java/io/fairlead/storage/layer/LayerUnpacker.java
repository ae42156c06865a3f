package io.fairlead.storage.layer;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.SparseFile;
import io.fairlead.linux.file.TreeWriter;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.storage.driver.ImportLimits;
import io.fairlead.storage.layer.TarEntry.Extent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies one archive to a tree that has the content of the layer below (OCI image specification, "Image Layer
 * Filesystem Changeset"). Whiteouts become deletions of files of the layer below; they leave the archive's own files
 * alone, whatever the order. Everything stays beneath the tree's top.
 */
public final class LayerUnpacker {
    private static final Logger LOG = LoggerFactory.getLogger(LayerUnpacker.class);

    private static final String WHITEOUT = ".wh.";
    /** Names that aufs kept for itself; only the next one means something. */
    private static final String WHITEOUT_OF_AUFS = ".wh..wh.";

    private static final String OPAQUE = ".wh..wh..opq";
    /** Without it a program would not work, and would not say why. */
    private static final String CAPABILITY = "security.capability";

    private static final int BUFFER_BYTES = 128 << 10;
    private static final byte[] ZEROS = new byte[BUFFER_BYTES];
    /** How overlayfs marks its own files: they would mean something to it, and nothing to the image. */
    private static final Set<String> OVERLAY_ATTRIBUTES = Set.of("trusted.overlay.", "user.overlay.");
    /** Answers of a sound file system to an impossible file. */
    private static final Set<Integer> FAULTS_OF_ARCHIVES = Set.of(
            Errno.ENOENT,
            Errno.ENOTDIR,
            Errno.EISDIR,
            Errno.EEXIST,
            Errno.ELOOP,
            Errno.ENAMETOOLONG,
            Errno.EINVAL,
            Errno.EPERM,
            Errno.ERANGE,
            Errno.EFBIG,
            Errno.EMLINK,
            Errno.EOPNOTSUPP);

    private final TarReader tar;
    private final TreeWriter tree;
    private final ImportLimits limits;
    private final boolean hasLower;
    private final FolderTimes times = new FolderTimes();
    /** The archive's own files, with the folders above them; kept only if there are others that it may hide. */
    private final PathSet own = new PathSet();

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long entries;
    private long bytes;
    private long left;

    private LayerUnpacker(TarReader tar, TreeWriter tree, ImportLimits limits, boolean hasLower) {
        this.tar = tar;
        this.tree = tree;
        this.limits = limits;
        this.hasLower = hasLower;
    }

    /**
     * Reads the stream to its end, which may be behind the archive's.
     *
     * @param top of the tree, which no other process can reach
     * @param hasLower whether there is a layer below; if not, there is nothing for whiteouts to hide
     * @throws EngineException OPERATION_FAILED, naming the entry, if the archive is damaged, impossible or too large
     * @throws IOException if the stream fails, or the file system has no space
     */
    public static void unpack(InputStream stream, Fd top, boolean hasLower, ImportLimits limits) throws IOException {
        try (TreeWriter tree = new TreeWriter(top)) {
            new LayerUnpacker(new TarReader(stream), tree, limits, hasLower).unpackAll();
        }
        byte[] rest = new byte[BUFFER_BYTES];
        int count;
        do {
            count = stream.read(rest); // zeros that fill up the last record; a digest may include them
        } while (count >= 0);
    }

    private void unpackAll() throws IOException {
        String shown = "its first entry";
        try {
            Optional<TarEntry> next = tar.next();
            while (next.isPresent()) {
                shown = "'%s'".formatted(TarEntry.shown(next.get().path()));
                unpack(next.get());
                shown = "the entry after " + shown;
                next = tar.next();
            }
            times.set(tree);
            if (left > 0) {
                LOG.warn("{} extended attributes were left out, which the file system does not take", left);
            }
        } catch (TarException e) {
            throw fault("%s: %s".formatted(shown, e.getMessage()), e);
        } catch (ErrnoException e) {
            if (!FAULTS_OF_ARCHIVES.contains(e.errno())) {
                throw e;
            }
            throw fault("%s: %s (%s)".formatted(shown, e.words(), e.call()), e);
        }
    }

    private static EngineException fault(String what, IOException cause) {
        String message = "the archive of a layer cannot be unpacked: " + what;
        return new EngineException(ErrorCode.OPERATION_FAILED, ErrorDomain.STORAGE, message, cause);
    }

    private void unpack(TarEntry entry) throws IOException {
        if (++entries > limits.entries()) {
            throw new TarException("the archive has more than %d entries".formatted(limits.entries()));
        }
        String path = clean(entry.path());
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.startsWith(WHITEOUT)) {
            hide(path, name);
        } else if (path.isEmpty()) {
            dressTop(entry);
        } else {
            make(entry, path);
            remember(path);
        }
    }

    /** A path in the tree, without superfluous slashes and dots; empty for its top. */
    private String clean(String path) throws TarException {
        StringBuilder clean = new StringBuilder();
        int depth = 0;
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                throw new TarException("a path has a .. in it");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                clean.append(clean.isEmpty() ? "" : "/").append(part);
                depth++;
            }
        }
        if (depth > limits.depth()) {
            throw new TarException("a path has %d parts (limit: %d)".formatted(depth, limits.depth()));
        }
        return clean.toString();
    }

    private void remember(String path) {
        int end = path.length();
        while (hasLower && end > 0 && own.add(path.substring(0, end))) {
            end = Math.max(0, path.lastIndexOf('/', end - 1));
        }
    }

    private void hide(String path, String name) throws IOException {
        String folder = path.substring(0, path.length() - name.length());
        if (name.equals(OPAQUE)) {
            if (hasLower) {
                hideContent(folder);
            }
        } else if (name.startsWith(WHITEOUT_OF_AUFS)) {
            LOG.debug("passing over {}, which aufs made for itself", TarEntry.shown(path));
        } else {
            String hidden = name.substring(WHITEOUT.length());
            if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
                throw new TarException("a whiteout names no file");
            }
            if (hasLower) {
                hideLower(folder + hidden);
            }
        }
    }

    /** @param folder with a slash at its end; empty for the top */
    private void hideContent(String folder) throws IOException {
        Optional<TreeWriter.Place> place =
                folder.isEmpty() ? Optional.of(tree.top()) : tree.existing(folder.substring(0, folder.length() - 1));
        if (place.isEmpty() || tree.look(place.get()).filter(FileStat::isFolder).isEmpty()) {
            return;
        }
        for (String name : tree.names(place.get())) {
            hideLower(folder + name);
        }
    }

    private void hideLower(String path) throws IOException {
        Optional<TreeWriter.Place> place = tree.existing(path);
        if (place.isEmpty()) {
            return;
        }
        if (own.contains(path)) {
            hideContent(path + "/"); // if it is a folder; its own files stay
        } else {
            tree.remove(place.get());
        }
    }

    private void dressTop(TarEntry entry) throws IOException {
        if (entry.type() != TarEntry.Type.FOLDER) {
            throw new TarException("the tree's top is no folder");
        }
        dress(tree.top(), entry, FileStat.S_IFDIR);
        times.add("", entry.modified());
    }

    private void make(TarEntry entry, String path) throws IOException {
        TreeWriter.Place place = tree.place(path);
        switch (entry.type()) {
            case FOLDER -> {
                makeFolder(place);
                dress(place, entry, FileStat.S_IFDIR);
                times.add(path, entry.modified());
            }
            case FILE -> {
                try (Fd file = makeFile(place)) {
                    write(entry, file);
                }
                dress(place, entry, FileStat.S_IFREG);
            }
            case HARD_LINK -> makeHardLink(place, path, clean(entry.linkTarget()));
            case SYMBOLIC_LINK -> {
                replacing(place, () -> tree.makeSymbolicLink(place, entry.linkTarget()));
                dress(place, entry, FileStat.S_IFLNK);
            }
            case CHARACTER_DEVICE -> makeNode(place, entry, FileStat.S_IFCHR);
            case BLOCK_DEVICE -> makeNode(place, entry, FileStat.S_IFBLK);
            case FIFO -> makeNode(place, entry, FileStat.S_IFIFO);
        }
    }

    private interface Making {
        void make() throws IOException;
    }

    /** A file takes the place of anything that was there. */
    private void replacing(TreeWriter.Place place, Making making) throws IOException {
        try {
            making.make();
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            tree.remove(place);
            making.make();
        }
    }

    /** A folder keeps the content of the one that was there. */
    private void makeFolder(TreeWriter.Place place) throws IOException {
        if (tree.look(place).filter(FileStat::isFolder).isEmpty()) {
            replacing(place, () -> tree.makeFolder(place));
        }
    }

    private Fd makeFile(TreeWriter.Place place) throws IOException {
        Fd[] made = new Fd[1];
        replacing(place, () -> made[0] = tree.makeFile(place));
        return made[0];
    }

    private void makeHardLink(TreeWriter.Place place, String path, String target) throws IOException {
        if (target.isEmpty()) {
            throw new TarException("a link leads to the tree's top");
        }
        if (!target.equals(path)) { // else it would be removed first
            replacing(place, () -> tree.makeHardLink(place, target));
        }
    }

    private void makeNode(TreeWriter.Place place, TarEntry entry, int type) throws IOException {
        if (type == FileStat.S_IFCHR && entry.major() == 0 && entry.minor() == 0) {
            throw new TarException("the device 0:0 is overlayfs' own mark of a deleted file");
        }
        replacing(place, () -> tree.makeNode(place, type, entry.major(), entry.minor()));
        dress(place, entry, type);
    }

    private void dress(TreeWriter.Place place, TarEntry entry, int type) throws IOException {
        Map<String, byte[]> attributes = entry.attributes();
        if (!attributes.isEmpty()) { // most have none
            attributes = attributes.entrySet().stream()
                    .filter(attribute -> OVERLAY_ATTRIBUTES.stream().noneMatch(attribute.getKey()::startsWith))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
        int mode = type | entry.mode();
        List<String> refused = tree.dress(place, entry.user(), entry.group(), mode, attributes, entry.modified());
        if (refused.contains(CAPABILITY)) {
            throw new TarException("its file system keeps no capabilities");
        }
        if (!refused.isEmpty()) { // such as labels of a security module, or attributes of another file system
            left += refused.size();
            LOG.debug("leaving out {} of {}, which cannot have it", refused, place);
        }
    }

    private void write(TarEntry entry, Fd file) throws IOException {
        long at = 0;
        boolean endsInHole = false;
        for (Extent extent : entry.data()) {
            count(extent.bytes());
            file.skip(extent.at() - at);
            endsInHole = copy(extent.bytes(), file);
            at = extent.at() + extent.bytes();
        }
        if (endsInHole || at != entry.sizeBytes()) {
            SparseFile.setLength(file, entry.sizeBytes());
        }
    }

    private void count(long more) throws TarException {
        if (more > limits.bytes() - bytes) {
            throw new TarException("the archive's files have more than %d bytes".formatted(limits.bytes()));
        }
        bytes += more;
    }

    /** Zeros become holes. Returns whether the last piece was one. */
    private boolean copy(long bytes, Fd file) throws IOException {
        boolean isHole = false;
        for (long left = bytes; left > 0; ) {
            int count = tar.read(buffer, (int) Math.min(left, buffer.length));
            isHole = buffer[0] == 0 && Arrays.equals(buffer, 0, count, ZEROS, 0, count);
            if (isHole) {
                file.skip(count);
            } else {
                file.write(buffer, count);
            }
            left -= count;
        }
        return isHole;
    }
}
