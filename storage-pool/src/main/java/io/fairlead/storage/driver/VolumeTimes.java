package io.fairlead.storage.driver;

import io.fairlead.linux.file.FileStat;
import java.time.Instant;
import java.util.Optional;

/**
 * When the file or folder of a volume was used.
 *
 * @param changed content, name or permissions
 * @param born empty where the file system does not keep it
 */
public record VolumeTimes(Instant accessed, Instant modified, Instant changed, Optional<Instant> born) {
    public static VolumeTimes of(FileStat stat) {
        return new VolumeTimes(stat.accessed(), stat.modified(), stat.changed(), stat.born());
    }
}
