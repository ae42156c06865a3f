package io.fairlead.storage.directory;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.storage.image.ImageFacts;
import io.fairlead.storage.image.ImageLayer;
import io.fairlead.storage.image.ImageProbe;
import io.fairlead.storage.image.QemuImg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Volumes that are an image in one file. */
final class ImageFiles {
    private static final int PRIVATE = 0600;
    private static final int SEEK_SET = 0;

    private final PoolFolder folder;
    private final QemuImg qemuImg = new QemuImg();

    ImageFiles(PoolFolder folder) {
        this.folder = folder;
    }

    /** Empty for a file that is raw, or gone. */
    static Optional<ImageFacts> probe(Path file) throws IOException {
        try (Fd fd = opened(file)) {
            return ImageProbe.probe((at, into) -> read(fd, at, into));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ELOOP) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** By this very descriptor: opening it anew would count as a use of the file. */
    private static int read(Fd fd, long at, ByteBuffer into) throws ErrnoException {
        Errno.check(Libc.lseek(fd.number(), at, SEEK_SET), "lseek", fd.name());
        int count = 0;
        while (into.hasRemaining()) {
            byte[] piece = new byte[into.remaining()];
            int more = fd.read(piece);
            if (more == 0) {
                break;
            }
            into.put(piece, 0, more);
            count += more;
        }
        return count;
    }

    /** A look does not count as a use: the time of the last use stays, where we own the file. */
    private static Fd opened(Path file) throws ErrnoException {
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY;
        try {
            return Fd.open(file, flags | OpenFlags.O_NOATIME);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EPERM) {
                throw e;
            }
            return Fd.open(file, flags);
        }
    }

    void create(VolumeSpec spec) throws IOException {
        make(spec, file -> qemuImg.create(file, spec.format(), spec.capacityBytes(), spec.image()));
    }

    void convert(VolumeSpec spec, List<ImageLayer> from) throws IOException {
        make(spec, file -> qemuImg.convert(from, file, spec.format(), spec.image()));
    }

    void resize(List<ImageLayer> image, long capacityBytes) throws IOException {
        qemuImg.resize(image, capacityBytes);
        try (Fd file = Fd.open(image.get(0).file(), OpenFlags.O_RDWR | OpenFlags.O_NOFOLLOW)) {
            file.sync();
        }
    }

    private interface Maker {
        void make(Path file) throws IOException;
    }

    /**
     * In a folder of its own, under its final name: some formats write their file's name into it. A file
     * beside it is locked, since the program locks the image.
     */
    private void make(VolumeSpec spec, Maker maker) throws IOException {
        qemuImg.requireInstalled();
        Path own = Files.createDirectory(folder.unfinished());
        int flags = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
        try (Fd mark = Fd.open(own.resolve(PoolFolder.MAKER), flags, PRIVATE)) {
            folder.markAsBeingMade(mark);
            Path file = own.resolve(spec.name());
            Fd.open(file, flags, PRIVATE).close(); // no other user may read it, not even while it is made
            maker.make(file);
            FileVolumes.apply(spec.permissions(), file);
            try (Fd made = Fd.open(file, OpenFlags.O_RDWR | OpenFlags.O_NOFOLLOW)) {
                made.sync();
            }
            folder.publish(file, spec.name());
        } finally {
            PoolFolder.remove(own);
        }
    }
}
