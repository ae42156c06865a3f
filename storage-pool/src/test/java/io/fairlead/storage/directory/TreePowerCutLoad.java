package io.fairlead.storage.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.storage.driver.ImportLimits;
import io.fairlead.storage.driver.Layer;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.storage.layer.TarBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The program inside the machine whose power {@link TreePowerCutTest} cuts. Each start first checks the last start's
 * reports, then works on trees until the power goes. A failed check is left in the file {@code failure}.
 */
final class TreePowerCutLoad {
    private static final Path MOUNT = Path.of("/run/disk");
    private static final String CONTENT = "content";
    private static final int VOLUMES = 6;
    private static final String LOOK = "look";
    private static final String DATA = "data";
    /** Of every layer; enough to be on its way to the disk for a while. */
    private static final byte[] DATA_BYTES = new byte[300_000];

    private static final int LAYERS = 8;

    static {
        new Random(7).nextBytes(DATA_BYTES);
    }

    private final TreePowerCutJournal journal;
    private final PoolBackend pool;
    private final Random random = new Random();

    private TreePowerCutLoad(TreePowerCutJournal journal, PoolBackend pool) {
        this.journal = journal;
        this.pool = pool;
    }

    /** Arguments: the folder with the disk, {@code load} or {@code check}, and the type of file system. */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try {
            Path place = mounted(folder.resolve("disk"), arguments[2]);
            PoolSpec spec = new PoolSpec(
                    UUID.randomUUID(), "p", "dir", PoolSpec.Source.NONE, Optional.of(place), Permissions.DEFAULT);
            TreePowerCutJournal journal = new TreePowerCutJournal(folder.resolve("journal"));
            TreePowerCutLoad load =
                    new TreePowerCutLoad(journal, DirectoryDriver.all().get(0).start(spec));
            load.check();
            if (arguments[1].equals("check")) {
                load.checkSnapshotsAndDelete(place);
            } else {
                journal.add("up", "machine", 0, "-");
                while (true) {
                    load.act();
                }
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            Files.writeString(folder.resolve("failure"), text.toString());
            System.exit(1);
        }
        System.exit(0);
    }

    private static Path mounted(Path disk, String type) throws IOException {
        Files.createDirectories(MOUNT);
        try (LoopDevice device = LoopDevices.attach(disk, false)) {
            Mounts.mount(device.node().toString(), MOUNT, type, Set.of(), "");
        }
        return Files.createDirectories(MOUNT.resolve("pool"));
    }

    private void check() throws IOException {
        List<String> found = names();
        for (String volume : journal.volumes()) {
            require(found.contains(volume), "%s was reported, but there are only %s".formatted(volume, found));
            long content = content(volume);
            Set<Long> possible = journal.contents(volume);
            require(possible.contains(content), "%s holds %d, not one of %s".formatted(volume, content, possible));
            journal.add("is", volume, content, "-");
            Set<String> snapshots = pool.snapshots().of(volume);
            require(
                    snapshots.containsAll(journal.snapshots(volume).keySet()),
                    "of %s there are the snapshots %s, not %s".formatted(volume, snapshots, journal.snapshots(volume)));
        }
        // A tree that was being made or deleted when the power went may exist or not; nothing was reported.
        for (String volume : found) {
            if (!journal.volumes().contains(volume)) {
                pool.delete(volume);
            }
        }
        checkLayers();
    }

    /** One that was being made or deleted may exist, too, but then it is whole. */
    private void checkLayers() throws IOException {
        Set<String> found = pool.layers().all().stream().map(Layer::id).collect(Collectors.toSet());
        for (String layer : journal.layers().keySet()) {
            require(found.contains(layer), "layer %s was reported, but there are only %s".formatted(layer, found));
        }
        for (String layer : found) {
            pool.layers().compose(spec(LOOK), layer);
            long content = content(LOOK);
            Long reported = journal.layers().get(layer);
            require(reported == null || reported == content, "layer %s holds %d".formatted(layer, content));
            byte[] data = Files.readAllBytes(pool.facts(LOOK).path().resolve(DATA));
            require(Arrays.equals(data, DATA_BYTES), "layer %s has other data".formatted(layer));
            pool.delete(LOOK);
            if (reported == null && !isParent(layer)) {
                pool.layers().delete(layer);
            }
        }
    }

    private boolean isParent(String layer) {
        return pool.layers().all().stream()
                .anyMatch(other -> other.parent().filter(layer::equals).isPresent());
    }

    private List<String> names() {
        return pool.scan().stream().map(VolumeFacts::name).toList();
    }

    private long content(String volume) throws IOException {
        return Long.parseLong(
                Files.readString(pool.facts(volume).path().resolve(CONTENT)).strip());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private void act() throws IOException {
        if (random.nextInt(4) == 0) {
            actOnLayers();
            return;
        }
        List<String> volumes = journal.volumes();
        if (volumes.isEmpty()) {
            create();
            return;
        }
        String volume = volumes.get(random.nextInt(volumes.size()));
        int choice = random.nextInt(100);
        if (volumes.size() < VOLUMES && choice < 15) {
            create();
        } else if (volumes.size() < VOLUMES && choice < 45) {
            copy(volume);
        } else if (choice < 65) {
            write(volume, true);
        } else if (choice < 80) {
            take(volume);
        } else if (choice < 90) {
            revert(volume);
        } else {
            journal.add("ending", volume, 0, "-");
            pool.delete(volume);
        }
    }

    private void actOnLayers() throws IOException {
        List<String> layers = List.copyOf(journal.layers().keySet());
        Optional<String> some =
                layers.isEmpty() ? Optional.empty() : Optional.of(layers.get(random.nextInt(layers.size())));
        int choice = random.nextInt(10);
        if (some.isEmpty() || choice < 4 && layers.size() < LAYERS) {
            importLayer(some);
        } else if (choice < 6 && layers.size() < LAYERS) {
            freeze();
        } else if (choice < 8 && journal.volumes().size() < VOLUMES) {
            String volume = "v" + journal.next();
            pool.layers().compose(spec(volume), some.get());
            journal.add("is", volume, journal.layers().get(some.get()), "-");
            write(volume, random.nextBoolean());
        } else if (!isParent(some.get())) {
            journal.add("dropping", some.get(), 0, "-");
            pool.layers().delete(some.get());
        }
    }

    private void importLayer(Optional<String> parent) throws IOException {
        long number = journal.next();
        TarBuilder tar = new TarBuilder()
                .file(".wh." + CONTENT, "")
                .file(CONTENT, Long.toString(number))
                .file(DATA, DATA_BYTES);
        pool.layers().importTar(id(number), parent, tar.stream(), ImportLimits.DEFAULT);
        journal.add("layer", id(number), number, "-");
    }

    private static String id(long number) {
        return "%032x".formatted(number);
    }

    /** Of a tree that has the data. */
    private void freeze() throws IOException {
        for (String volume : journal.volumes()) {
            if (Files.exists(pool.facts(volume).path().resolve(DATA))) {
                long number = journal.next();
                journal.add("may", volume, number, "-"); // which uses the number up
                put(volume, number);
                journal.add("is", volume, number, "-");
                pool.layers().freeze(volume, id(number));
                journal.add("layer", id(number), number, "-");
                return;
            }
        }
    }

    private void create() throws IOException {
        String volume = "v" + journal.next();
        pool.create(spec(volume));
        put(volume, journal.next());
        journal.add("is", volume, journal.next(), "-");
    }

    private static VolumeSpec spec(String volume) {
        return new VolumeSpec(volume, 0, 0, VolumeSpec.TREE, Permissions.DEFAULT);
    }

    private void copy(String origin) throws IOException {
        String volume = "v" + journal.next();
        pool.copy(spec(volume), origin);
        journal.add("is", volume, content(origin), "-");
        write(volume, random.nextBoolean());
    }

    /** As a container writes, or a user who fills a tree. */
    private void write(String volume, boolean active) throws IOException {
        long number = journal.next();
        journal.add("may", volume, number, "-");
        if (active) {
            pool.activate(volume);
        }
        put(volume, number);
        journal.add("is", volume, number, "-");
        pool.deactivate(volume);
    }

    private void put(String volume, long number) throws IOException {
        Path file = pool.facts(volume).path().resolve(CONTENT);
        DurableFile.write(file, Long.toString(number).getBytes(UTF_8), 0600);
    }

    private void take(String volume) throws IOException {
        String snapshot = UUID.randomUUID().toString().replace("-", "");
        pool.snapshots().take(volume, snapshot);
        journal.add("kept", volume, content(volume), snapshot);
    }

    private void revert(String volume) throws IOException {
        Optional<Map.Entry<String, Long>> snapshot =
                journal.snapshots(volume).entrySet().stream().findAny();
        if (snapshot.isPresent()) {
            journal.add("may", volume, snapshot.get().getValue(), "-");
            pool.snapshots().revert(volume, snapshot.get().getKey());
            journal.add("is", volume, snapshot.get().getValue(), "-");
        }
    }

    /** At the end, since it changes every volume. */
    private void checkSnapshotsAndDelete(Path place) throws IOException {
        for (String volume : journal.volumes()) {
            for (Map.Entry<String, Long> snapshot : journal.snapshots(volume).entrySet()) {
                pool.snapshots().revert(volume, snapshot.getKey());
                long content = content(volume);
                require(
                        content == snapshot.getValue(),
                        "a snapshot of %s holds %d: %s".formatted(volume, content, snapshot));
            }
            pool.delete(volume);
        }
        while (!pool.layers().all().isEmpty()) {
            for (Layer layer : pool.layers().all()) {
                if (!isParent(layer.id())) {
                    pool.layers().delete(layer.id());
                }
            }
        }
        pool.stop(); // which waits for removals in the background
        for (String part : List.of("trees", "layers", "snapshots", "frozen")) {
            List<Path> left = PoolFolder.children(place.resolve(".fairlead").resolve(part));
            require(left.isEmpty(), "left behind: " + left);
        }
    }
}
