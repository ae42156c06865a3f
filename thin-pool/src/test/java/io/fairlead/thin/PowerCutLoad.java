package io.fairlead.thin;

import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.dm.DmTarget;
import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.process.CommandResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program inside the machine whose power {@link PowerCutTest} cuts. Each start first checks the last start's
 * reports. Then it creates, copies, writes and deletes volumes, freezes their contents and gives those back, until the
 * power goes. A failed check is left in the file {@code failure}. With {@code full}, a greedy volume fills it
 * meanwhile, is deleted, and begins again.
 */
final class PowerCutLoad {
    private static final long VOLUME_BYTES = 48L << 20;
    private static final int VOLUMES = 6;
    private static final int SNAPSHOTS = 4;
    /** Of a frozen content: its volume's name follows. */
    private static final String SNAPSHOT = "snapshot-";
    /** Of a device that is about to take a volume's place. */
    private static final String NEXT = "next-";

    /**
     * A pool that had no block for a write may have one again a moment later: other writers go on, and a change of
     * metadata frees blocks.
     */
    private static final int NEARLY_FULL_BLOCKS = 8;

    /** The number of attempts in a full pool before the greedy volume is deleted. */
    private static final int ACTS_WHILE_FULL = 8;

    private final Path folder;
    private final PowerCutJournal journal;
    private final Random random = new Random();
    private final boolean toBeFull;
    private ThinPool pool;
    private GreedyVolume greedy;
    private int actsWhileFull;
    private LoopDevice data;
    private LoopDevice metadata;

    private PowerCutLoad(Path folder, boolean toBeFull) throws IOException {
        this.folder = folder;
        this.toBeFull = toBeFull;
        this.journal = new PowerCutJournal(folder.resolve("journal"));
    }

    /** Arguments: the folder with the disks, {@code load} or {@code check}, and {@code full} for a full pool. */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try {
            new PowerCutLoad(folder, arguments.length > 2).run(arguments[1].equals("load"));
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            Files.writeString(folder.resolve("failure"), text.toString());
            System.exit(1);
        }
        System.exit(0);
    }

    private void run(boolean load) throws IOException, InterruptedException {
        data = LoopDevices.attach(folder.resolve("data"), false);
        metadata = LoopDevices.attach(folder.resolve("metadata"), false);
        Files.createDirectories(Path.of("/run/nodes"));
        Files.createDirectories(Path.of("/run/mount"));
        open();
        if (toBeFull && names().contains(GreedyVolume.NAME)) {
            pool.delete(GreedyVolume.NAME); // first of all, as the owner of a full pool would
        }
        checkVolumes();
        checkIds();
        journal.add("up", "machine", 0);
        while (load) {
            if (toBeFull && journal.certain().contains("base")) {
                actNearTheEnd();
            } else {
                act();
            }
        }
    }

    private void open() throws IOException {
        ThinPoolConfig config = new ThinPoolConfig(
                "cut",
                metadata.node().toString(),
                data.node().toString(),
                Files.size(folder.resolve("data")) / DmTarget.SECTOR_BYTES,
                128,
                64,
                "test");
        ThinPlatform platform = new ThinPlatform(
                new KernelDeviceMapper(), new KernelNodes(Path.of("/run/nodes")), new KernelPoolMetadata());
        pool = ThinPool.open(config, platform, new SqliteThinRecords(folder.resolve("pool.db")));
    }

    private void checkVolumes() throws IOException {
        for (ThinDevice device : pool.devices()) {
            require(device.stage() == ThinDevice.Stage.CREATED, "%s is lost".formatted(device));
        }
        Set<String> names = names();
        for (String name : journal.certain()) {
            require(names.contains(name), "%s was reported, but there are only %s".formatted(name, names));
            Path node = pool.activate(name);
            if (journal.isSuspect(name)) {
                checkFileSystem(node, "-fy");
                checkContent(node, name);
            } else {
                checkContent(node, name);
                checkFileSystem(node, "-fn");
            }
            pool.deactivate(name);
        }
        // A volume that was being made or deleted when the power went may exist or not; nothing was reported.
        for (String name : names) {
            if (!journal.certain().contains(name)) {
                pool.delete(name);
            }
        }
    }

    private void checkContent(Path node, String name) throws IOException {
        Path mount = mount(node);
        Path counter = mount.resolve("counter");
        long found =
                Files.exists(counter) ? Long.parseLong(Files.readString(counter).strip()) : 0;
        require(
                journal.allows(name, found),
                "%s holds %d, but that is neither its old content nor its new; %s\ndevices: %s\nmounted: %s"
                        .formatted(name, found, journal.about(name), pool.devices(), listing(mount)));
        journal.add("wrote", name, found);
        Mounts.unmount(mount);
    }

    private static List<String> listing(Path mount) {
        try (Stream<Path> all = Files.list(mount)) {
            return all.map(PowerCutLoad::described).toList();
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    private static String described(Path file) {
        try {
            boolean small = Files.isRegularFile(file) && Files.size(file) < 100;
            return "%s of %d bytes, %s%s"
                    .formatted(
                            file.getFileName(),
                            Files.size(file),
                            Files.getLastModifiedTime(file),
                            small ? ": " + Files.readString(file) : "");
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** With -fn there may be no fault at all, with -fy no fault that cannot be repaired. */
    private static void checkFileSystem(Path node, String how) throws IOException {
        CommandResult result = Command.of("e2fsck", how, node.toString()).run();
        boolean good = result.status() == 0 || how.equals("-fy") && result.status() == 1;
        require(good, "e2fsck ended with %d: %s".formatted(result.status(), result.output()));
    }

    /** The ids in the metadata themselves are those of the records. */
    private void checkIds() throws IOException {
        Set<Integer> recorded =
                pool.devices().stream().map(ThinDevice::deviceId).collect(Collectors.toSet());
        recorded.add(PoolIdentity.DEVICE_ID);
        pool.stop();
        String dump = Command.of("thin_dump", "--skip-mappings", metadata.node().toString())
                .run()
                .orThrow()
                .output();
        Set<Integer> ids = Pattern.compile("dev_id=\"(\\d+)\"")
                .matcher(dump)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        require(ids.equals(recorded), "the pool has ids %s, the records have %s".formatted(ids, recorded));
        open();
    }

    /** An action without enough space is refused or fails, and may be tried again. */
    private void actNearTheEnd() throws IOException, InterruptedException {
        if (greedy == null) {
            greedy = GreedyVolume.begin(pool, Files.size(folder.resolve("data")));
            actsWhileFull = 0;
        }
        boolean full = greedy.isFull();
        if (full && actsWhileFull == 0) {
            journal.add("full", "machine", 0);
        }
        try {
            act();
        } catch (IOException e) {
            require(greedy.isFull() || isFull(), "failed in a pool that has space, %s: %s".formatted(pool.status(), e));
        } catch (ThinPoolException e) {
            require(e.reason() == ThinPoolException.Reason.NO_SPACE, e.toString());
        }
        if (full && ++actsWhileFull > ACTS_WHILE_FULL) {
            greedy.delete();
            greedy = null;
        }
    }

    private boolean isFull() {
        ThinPoolStatus status = pool.status();
        return status.mode() == ThinPoolStatus.Mode.OUT_OF_DATA_SPACE
                || status.totalDataBlocks() - status.usedDataBlocks() <= NEARLY_FULL_BLOCKS;
    }

    private void act() throws IOException {
        List<String> volumes = journal.certain().stream()
                .filter(name -> !name.equals("base") && !name.startsWith(SNAPSHOT))
                .toList();
        List<String> snapshots = journal.certain().stream()
                .filter(name -> name.startsWith(SNAPSHOT))
                .toList();
        List<String> sound =
                volumes.stream().filter(name -> !journal.isSuspect(name)).toList();
        if (!journal.certain().contains("base")) {
            makeBase();
        } else if (!snapshots.isEmpty() && random.nextInt(3) == 0) {
            revertOrForget(any(snapshots), volumes);
        } else if (!sound.isEmpty() && snapshots.size() < SNAPSHOTS && random.nextInt(3) == 0) {
            freeze(any(sound));
        } else if (volumes.size() < VOLUMES && random.nextInt(3) > 0) {
            copy(sound.isEmpty() || random.nextBoolean() ? "base" : any(sound));
        } else if (!sound.isEmpty() && random.nextInt(3) > 0) {
            write(any(sound));
        } else if (!volumes.isEmpty()) {
            String victim = any(volumes);
            journal.add("deleting", victim, 0);
            pool.delete(victim);
        }
    }

    private String any(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    private void makeBase() throws IOException {
        int id = pool.create("base", VOLUME_BYTES, "ext4").deviceId();
        String node = pool.activate("base").toString();
        Command.of("mkfs.ext4", "-q", "-E", "nodiscard,lazy_itable_init=0,lazy_journal_init=0", node)
                .run()
                .orThrow();
        pool.deactivate("base");
        journal.add("created", "base", id);
        journal.add("wrote", "base", 0); // nothing, but that is certain
    }

    /** Of a mounted origin, too: then it is frozen for the moment. */
    private void copy(String origin) throws IOException {
        String name = "v" + (journal.highestId() + 1);
        boolean live = !origin.equals("base") && random.nextBoolean();
        Path mount = live ? enter(origin) : null;
        try {
            int id = pool.snapshot(origin, name, VOLUME_BYTES).deviceId();
            journal.add("created", name, id);
            tellCopied(origin, name);
        } finally {
            if (live) {
                leave(mount, origin);
            }
        }
    }

    /** As a snapshot of a volume is taken; only the check mounts it. */
    private void freeze(String volume) throws IOException {
        String name = "%s%d-%s".formatted(SNAPSHOT, journal.highestId() + 1, volume);
        int id = pool.snapshot(volume, name, VOLUME_BYTES).deviceId();
        journal.add("created", name, id);
        tellCopied(volume, name);
    }

    private void tellCopied(String origin, String name) throws IOException {
        OptionalLong value = journal.written(origin);
        if (value.isPresent()) {
            journal.add("wrote", name, value.getAsLong());
        }
    }

    /** Gives a volume its frozen content back: at any moment it has the old content or the new one. */
    private void revertOrForget(String snapshot, List<String> volumes) throws IOException {
        String volume = snapshot.replaceFirst("^%s\\d+-".formatted(SNAPSHOT), "");
        OptionalLong frozen = journal.written(snapshot);
        OptionalLong now = journal.written(volume);
        if (!volumes.contains(volume) || frozen.isEmpty() || now.isEmpty() || random.nextInt(4) == 0) {
            journal.add("deleting", snapshot, 0);
            pool.delete(snapshot);
            return;
        }
        String next = NEXT + volume;
        try {
            pool.snapshot(snapshot, next, VOLUME_BYTES);
            journal.add("reverting", volume, frozen.getAsLong());
            pool.replace(volume, next);
        } catch (ThinPoolException e) {
            if (pool.find(next).isPresent()) {
                pool.discard(next);
            }
            journal.add("wrote", volume, now.getAsLong());
            throw e;
        }
        journal.add("reverted", volume, frozen.getAsLong());
    }

    private void write(String name) throws IOException {
        Path mount = enter(name);
        try {
            writeInto(mount, name);
        } finally {
            leave(mount, name);
        }
    }

    /**
     * A file system that is mounted while a pool is full may fail to write, and then needs a check. So it is suspect
     * until it has been unmounted in a pool with space. Even then all synced bytes must be there.
     */
    private Path enter(String name) throws IOException {
        if (toBeFull) {
            journal.add("entered", name, 0);
        }
        try {
            return mount(pool.activate(name));
        } catch (IOException e) {
            require(toBeFull && isFull(), "cannot mount %s in a pool that has space: %s".formatted(name, e));
            throw e;
        }
    }

    private void leave(Path mount, String name) throws IOException {
        Mounts.unmount(mount);
        if (toBeFull && !isFull()) {
            journal.add("left", name, 0);
        }
        pool.deactivate(name);
    }

    private void writeInto(Path mount, String name) throws IOException {
        for (int i = 0; i < 3; i++) {
            long value = journal.nextValue();
            journal.add("writing", name, value);
            writeDurably(
                    mount.resolve("counter.new"),
                    ByteBuffer.wrap(Long.toString(value).getBytes()));
            Files.move(
                    mount.resolve("counter.new"),
                    mount.resolve("counter"),
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel parent = FileChannel.open(mount, StandardOpenOption.READ)) {
                parent.force(true);
            }
            journal.add("wrote", name, value);
            writeDurably(mount.resolve("ballast"), ByteBuffer.allocate(1 + random.nextInt(4 << 20)));
        }
    }

    private static void writeDurably(Path file, ByteBuffer bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static Path mount(Path node) throws IOException {
        Path target = Path.of("/run/mount");
        Mounts.mount(node.toString(), target, "ext4", Set.of(MountFlag.NO_ATIME), "");
        return target;
    }

    private Set<String> names() {
        return pool.devices().stream().map(ThinDevice::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
