package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.FilesystemKind;
import io.fairlead.xml.domain.model.Disk;
import io.fairlead.xml.domain.model.Filesystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the file systems and disks of a definition. */
final class StorageReader {
    private StorageReader() {}

    static List<GuestPlan.Filesystem> filesystems(List<Filesystem> filesystems) {
        List<GuestPlan.Filesystem> read = new ArrayList<>();
        for (Filesystem filesystem : filesystems) {
            read.add(filesystem(filesystem));
        }
        long roots = read.stream().filter(GuestPlan.Filesystem::isRoot).count();
        Refusal.unlessValid(roots <= 1, "filesystem target: %d of them are the root", roots);
        return read;
    }

    private static GuestPlan.Filesystem filesystem(Filesystem filesystem) {
        String target = plain(absolute("filesystem target", filesystem.target()));
        String type = filesystem.type().name().toLowerCase(Locale.ROOT);
        return switch (filesystem.type()) {
            case MOUNT, BLOCK, BIND -> {
                String source = absolute("filesystem source of " + target, filesystem.source());
                yield new GuestPlan.Filesystem(
                        FilesystemKind.valueOf(filesystem.type().name()),
                        filesystem.type() == Filesystem.Type.BIND ? plain(source) : source,
                        null,
                        target,
                        filesystem.readonly(),
                        0);
            }
            case FILE -> {
                refuseImages("filesystem", filesystem.driver(), filesystem.format());
                String source = absolute("filesystem source of " + target, filesystem.source());
                yield new GuestPlan.Filesystem(FilesystemKind.FILE, source, null, target, filesystem.readonly(), 0);
            }
            case RAM -> {
                Refusal.unlessValid(filesystem.usageBytes() > 0, "filesystem usage of %s (expected: above 0)", target);
                yield new GuestPlan.Filesystem(
                        FilesystemKind.RAM, null, null, target, filesystem.readonly(), filesystem.usageBytes());
            }
            case VOLUME -> new GuestPlan.Filesystem(
                    FilesystemKind.VOLUME, null, filesystem.volume().orElseThrow(), target, filesystem.readonly(), 0);
            case TEMPLATE -> throw Refusal.of("filesystem type='%s' (%s)", type, target);
        };
    }

    static List<GuestPlan.Disk> disks(List<Disk> disks) {
        return disks.stream().map(StorageReader::disk).toList();
    }

    private static GuestPlan.Disk disk(Disk disk) {
        Refusal.unless(disk.type().matches("block|file|volume"), "disk type='%s' (%s)", disk.type(), disk.target());
        Refusal.unlessValid(
                disk.target().matches("(?!\\.{1,2}$)[^/\\n]+"), "disk target '%s' (expected: a name)", disk.target());
        refuseImages("disk", disk.driver(), disk.format());
        if (disk.volume().isPresent()) {
            return new GuestPlan.Disk(false, null, disk.volume().get(), disk.target(), disk.readonly());
        }
        String source =
                absolute("disk source of " + disk.target(), disk.source().orElse(""));
        return new GuestPlan.Disk(disk.type().equals("file"), source, null, disk.target(), disk.readonly());
    }

    private static void refuseImages(String element, Optional<String> driver, Optional<String> format) {
        Refusal.unless(!driver.orElse("").equals("nbd"), "%s driver 'nbd'", element);
        Refusal.unless(format.orElse("raw").matches("raw|auto|none"), "%s format '%s'", element, format.orElse(""));
    }

    /** The path without doubled slashes and dots, as if no part of it were a link. */
    private static String plain(String path) {
        return Path.of(path).normalize().toString();
    }

    static String absolute(String what, String path) {
        Refusal.unlessValid(path != null && path.startsWith("/"), "%s '%s' (expected: an absolute path)", what, path);
        return path;
    }
}
