package io.fairlead.storage.directory;

import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.TreeWriter;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Contents that are no longer written. Trees and snapshots share them.
 *
 * <pre>
 * POOL/.fairlead/layers/ID        a layer
 * POOL/.fairlead/layers/ID.from   {@link LinkText}: the inode of the folder that is becoming this layer, and its tree
 * </pre>
 *
 * <p>Threads: any; contents of one tree are frozen one at a time.
 */
final class Layers {
    private static final int ID_LENGTH = 12;
    /** As long as the name of any layer. */
    static final String UNNAMED = "0".repeat(ID_LENGTH);

    private static final Pattern ID = Pattern.compile("[0-9a-f]{" + ID_LENGTH + "}");
    private static final String INTENT = ".from";

    /** A tree's content that is becoming a layer. */
    record Intent(String layer, String volume, long inode) {
        static Intent read(Path link, String layer, String text) throws IOException {
            String[] words = text.split(" ", 2);
            if (words.length < 2) {
                throw new IOException("%s is damaged: '%s'".formatted(link, text));
            }
            return new Intent(layer, words[1], LinkText.number(link, words[0]));
        }

        String text() {
            return "%d %s".formatted(inode, volume);
        }
    }

    private final PoolFolder folder;
    private final Path path;

    Layers(PoolFolder folder, Path path) {
        this.folder = folder;
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Whether a layer can be called so. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Whether the tree's content is the layer by now; else an empty folder may be there in its place. */
    boolean hasMoved(Intent intent) throws IOException {
        Path layer = path.resolve(intent.layer());
        return Files.isDirectory(layer, LinkOption.NOFOLLOW_LINKS)
                && FileStat.ofLink(layer).inode() == intent.inode();
    }

    /** Whether a tree holds nothing but its layers: its top has the owner and mode of theirs, too. */
    boolean isUnwritten(TreeRecord record) throws IOException {
        List<String> stack = record.layers();
        if (stack.isEmpty() || !PoolFolder.children(record.upper()).isEmpty()) {
            return false;
        }
        FileStat upper = FileStat.ofLink(record.upper());
        FileStat top = FileStat.ofLink(path.resolve(stack.get(0)));
        return upper.mode() == top.mode() && upper.user() == top.user() && upper.group() == top.group();
    }

    /** The top of an overlay has its owner, mode and time from the upper folder. */
    void dress(String top, Path upper) throws IOException {
        like(FileStat.ofLink(path.resolve(top)), upper);
    }

    static void like(FileStat stat, Path other) throws IOException {
        Files.setAttribute(other, "unix:uid", stat.user());
        Files.setAttribute(other, "unix:gid", stat.group());
        Files.setAttribute(other, "unix:mode", stat.mode() & 07777);
        try (Fd folder = Fd.open(other, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
                TreeWriter tree = new TreeWriter(folder)) {
            tree.setModified(tree.top(), stat.modified());
        }
    }

    /**
     * Makes a tree's content a layer, and leaves an empty folder like it in its place. Both happen at once, so the tree
     * is never seen missing. The rest of the change to the tree is left to do, now or after a crash. Waits for no disk:
     * a power cut keeps the first of these steps, and {@link Intent} is enough to finish from there.
     */
    Intent freeze(Path content, String volume) throws IOException {
        FileStat stat = FileStat.ofLink(content);
        Intent intent = new Intent(newId(), volume, stat.inode());
        LinkText.write(path.resolve(intent.layer() + INTENT), intent.text());
        Path layer = Files.createDirectory(path.resolve(intent.layer()));
        like(stat, layer);
        DurableFile.exchangeInOrder(layer, content);
        return intent;
    }

    /** Those that are not done. */
    List<Intent> intents() throws IOException {
        List<Intent> found = new ArrayList<>();
        for (Path child : PoolFolder.children(path)) {
            String name = child.getFileName().toString();
            if (name.endsWith(INTENT)) {
                String layer = name.substring(0, name.length() - INTENT.length());
                Optional<String> text = LinkText.read(child);
                if (text.isPresent()) { // else it is done by now
                    found.add(Intent.read(child, layer, text.get()));
                }
            }
        }
        return found;
    }

    /** An intent that a power cut brings back is carried out again, without effect. */
    void done(Intent intent) throws IOException {
        Files.deleteIfExists(path.resolve(intent.layer() + INTENT));
    }

    /**
     * Makes a finished copy a layer; returns its name. No record names it yet, and a layer without a record is removed.
     */
    String adopt(Path copy) throws IOException {
        String id = newId();
        DurableFile.rename(copy, path.resolve(id));
        return id;
    }

    /** Nobody but root may run the programs in there. Overlays look at a layer itself, not at the way to it. */
    void hide() throws IOException {
        if (Files.isDirectory(path)) {
            Files.setAttribute(path, "unix:mode", PoolFolder.PRIVATE);
        }
    }

    private String newId() throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            hide();
        }
        return UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH);
    }

    /**
     * Takes their names from layers that no record lists, and returns their remains for removal. No list of layers may
     * change meanwhile.
     *
     * @param users all trees and snapshots there are
     */
    List<Path> endUnused(Collection<TreeRecord> users) throws IOException {
        Set<String> used = new HashSet<>();
        for (TreeRecord user : users) {
            used.addAll(user.layers());
        }
        for (Intent intent : intents()) {
            used.add(intent.layer()); // it is all there is of a tree, until that is done
            used.add(intent.layer() + INTENT);
        }
        List<Path> rest = new ArrayList<>();
        for (Path layer : PoolFolder.children(path)) {
            if (!used.contains(layer.getFileName().toString())) {
                rest.add(folder.discard(layer));
            }
        }
        return rest;
    }
}
