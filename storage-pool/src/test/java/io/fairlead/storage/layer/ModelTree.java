package io.fairlead.storage.layer;

import io.fairlead.linux.file.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A tree of files as text, to which random layers are applied by the rules of the OCI image specification. Each line of
 * {@link #lines} is a path, a kind, a mode, and a content or target.
 */
public final class ModelTree {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");
    private static final List<Integer> MODES = List.of(0755, 0700, 0711, 02750);
    private static final int DEPTH = 4;
    private static final int CHANGES = 50;

    private final Random random;
    private final Map<String, String> files = new TreeMap<>();
    private Set<String> own = new HashSet<>();
    private int contents;

    public ModelTree(long seed) {
        this.random = new Random(seed);
    }

    /** Adds a random layer to the tree, and returns its archive. */
    public TarBuilder next() {
        own = new HashSet<>();
        TarBuilder tar = new TarBuilder();
        for (int i = 0; i < CHANGES; i++) {
            String path = path();
            if (isBelowFile(path)) {
                continue; // it would be refused
            }
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> folder(tar, path);
                case 4, 5, 6, 7, 8 -> file(tar, path);
                case 9, 10 -> link(tar, path);
                case 11, 12 -> hardLink(tar, path);
                case 13, 14 -> {
                    tar.file(sibling(path, ".wh." + name(path)), "");
                    hide(path);
                }
                default -> {
                    tar.file(path + "/.wh..wh..opq", "");
                    hideContent(path);
                }
            }
        }
        return tar;
    }

    private String path() {
        StringBuilder path = new StringBuilder(NAMES.get(random.nextInt(NAMES.size())));
        for (int depth = random.nextInt(DEPTH); depth > 0; depth--) {
            path.append("/").append(NAMES.get(random.nextInt(NAMES.size())));
        }
        return path.toString();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String sibling(String path, String name) {
        return path.substring(0, path.length() - name(path).length()) + name;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private boolean isBelowFile(String path) {
        for (String above = parent(path); !above.isEmpty(); above = parent(above)) {
            if (files.containsKey(above) && !isFolder(above)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFolder(String path) {
        return files.getOrDefault(path, "").startsWith("folder");
    }

    private void folder(TarBuilder tar, String path) {
        int mode = MODES.get(random.nextInt(MODES.size()));
        tar.mode(mode).folder(path + "/");
        if (!isFolder(path)) {
            remove(path);
        }
        put(path, "folder %o".formatted(mode));
    }

    private void file(TarBuilder tar, String path) {
        int mode = MODES.get(random.nextInt(MODES.size()));
        String content = "content " + ++contents;
        tar.mode(mode).file(path, content);
        remove(path);
        put(path, "file %o %s".formatted(mode, content));
    }

    private void link(TarBuilder tar, String path) {
        tar.link(path, "to/" + path);
        remove(path);
        put(path, "link to/" + path);
    }

    /** To any file there is, of whichever layer. */
    private void hardLink(TarBuilder tar, String path) {
        List<String> possible = files.keySet().stream()
                .filter(other ->
                        files.get(other).startsWith("file") && !other.equals(path) && !other.startsWith(path + "/"))
                .toList();
        if (!possible.isEmpty()) {
            String target = possible.get(random.nextInt(possible.size()));
            tar.hardLink(path, target);
            String file = files.get(target);
            remove(path);
            put(path, file);
        }
    }

    private void put(String path, String what) {
        files.put(path, what);
        own.add(path);
        for (String above = parent(path); !above.isEmpty(); above = parent(above)) {
            files.putIfAbsent(above, "folder 755");
            own.add(above);
        }
    }

    private void remove(String path) {
        files.keySet().removeIf(other -> other.equals(path) || other.startsWith(path + "/"));
    }

    private void hide(String path) {
        if (own.contains(path)) {
            hideContent(path);
        } else {
            remove(path);
        }
    }

    private void hideContent(String folder) {
        for (String path : List.copyOf(files.keySet())) {
            if (parent(path).equals(folder)) {
                hide(path);
            }
        }
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        files.forEach((path, what) -> lines.add(path + " " + what));
        return lines;
    }

    /** The same lines of real files. */
    public static List<String> lines(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(each -> !each.equals(root)).toList()) {
                FileStat stat = FileStat.ofLink(path);
                String what = stat.isLink()
                        ? "link " + Files.readSymbolicLink(path)
                        : stat.isFolder()
                                ? "folder %o".formatted(stat.mode() & 07777)
                                : "file %o %s".formatted(stat.mode() & 07777, Files.readString(path));
                lines.add(root.relativize(path) + " " + what);
            }
        }
        return lines.stream().sorted().toList();
    }
}
