package io.fairlead.storage.directory;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.storage.driver.VolumeNames;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.storage.driver.VolumeTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The volume that an entry of the pool's folder stands for. */
final class VolumeLook {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeLook.class);

    private final Trees trees;
    private final Predicate<String> inUse;

    /** @param inUse whether a container has the volume of that name */
    VolumeLook(Trees trees, Predicate<String> inUse) {
        this.trees = trees;
        this.inUse = inUse;
    }

    static boolean isTree(VolumeFacts facts) {
        return facts.kind() == VolumeKind.DIRECTORY;
    }

    /**
     * Empty for an entry that is gone, is ours, or can be no volume: links (they may lead anywhere), FIFOs, sockets.
     */
    Optional<VolumeFacts> at(Path path) throws IOException {
        String name = path.getFileName().toString();
        if (name.startsWith(VolumeNames.RESERVED_PREFIX)) {
            return Optional.empty();
        }
        FileStat stat;
        try {
            stat = FileStat.ofLink(path);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
        if (stat.isFolder()) {
            Trees.Size size = trees.size(path);
            return Optional.of(
                    facts(path, stat, VolumeKind.DIRECTORY, size.limitBytes(), size.usedBytes(), VolumeSpec.TREE));
        }
        if (stat.isRegular()) {
            VolumeFacts raw =
                    facts(path, stat, VolumeKind.FILE, stat.sizeBytes(), stat.allocatedBytes(), VolumeSpec.RAW);
            // A file in use by a container is raw: the container can write any header there.
            return Optional.of(
                    inUse.test(name)
                            ? raw
                            : ImageFiles.probe(path).map(raw::with).orElse(raw));
        }
        LOG.debug("{} is no volume: neither a file nor a folder", path);
        return Optional.empty();
    }

    private static VolumeFacts facts(
            Path path, FileStat stat, VolumeKind kind, long capacity, long allocation, String format) {
        return new VolumeFacts(
                path.getFileName().toString(),
                kind,
                path.toString(),
                path,
                capacity,
                allocation,
                format,
                stat.mode() & 07777,
                stat.user(),
                stat.group(),
                Optional.of(VolumeTimes.of(stat)),
                Optional.empty());
    }
}
