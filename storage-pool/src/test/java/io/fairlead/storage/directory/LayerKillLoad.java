package io.fairlead.storage.directory;

import io.fairlead.storage.driver.ImportLimits;
import io.fairlead.storage.driver.LayerStore;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.storage.layer.TarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes, uses and deletes layers, in rounds, until it is killed, and says in a journal what it has done, and what it is
 * about to delete. Arguments: the pool's folder, the journal, the number of the first layer, the most rounds.
 */
final class LayerKillLoad {
    static final int FILES = 20;
    /** The last file of every archive. */
    static final String LAST = "whole";

    private LayerKillLoad() {}

    static PoolSpec spec(Path folder) {
        UUID uuid = UUID.fromString("00000000-0000-4000-8000-00000000000b");
        return new PoolSpec(uuid, "p1", "dir", PoolSpec.Source.NONE, Optional.of(folder), Permissions.DEFAULT);
    }

    static String id(int number) {
        return "%032x".formatted(number);
    }

    public static void main(String[] arguments) throws IOException {
        Path journal = Path.of(arguments[1]);
        PoolBackend pool = DirectoryDriver.all().get(0).start(spec(Path.of(arguments[0])));
        LayerStore layers = pool.layers();
        int first = Integer.parseInt(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        for (int i = first; i < first + 10 * rounds; i += 10) {
            say(journal, "up " + i);
            layers.importTar(id(i), Optional.empty(), tar("base").stream(), ImportLimits.DEFAULT);
            say(journal, "made " + id(i));
            layers.importTar(id(i + 1), Optional.of(id(i)), tar("upper").stream(), ImportLimits.DEFAULT);
            say(journal, "made " + id(i + 1));
            layers.compose(new VolumeSpec("t" + i, 0, 0, VolumeSpec.TREE, Permissions.DEFAULT), id(i + 1));
            Files.writeString(pool.activate("t" + i).resolve("own"), "own");
            pool.deactivate("t" + i);
            layers.freeze("t" + i, id(i + 2));
            say(journal, "made " + id(i + 2));
            pool.delete("t" + i);
            if (i % 3 == 0) {
                say(journal, "deleting " + id(i + 1));
                layers.delete(id(i + 1));
                say(journal, "deleting " + id(i));
                layers.delete(id(i));
            }
        }
        pool.leave();
    }

    private static TarBuilder tar(String name) {
        TarBuilder tar = new TarBuilder().file(".wh.base0", "");
        for (int file = 0; file < FILES; file++) {
            tar.file(name + file, "content of " + file);
        }
        return tar.file(LAST, name);
    }

    private static void say(Path journal, String line) throws IOException {
        Files.writeString(journal, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
