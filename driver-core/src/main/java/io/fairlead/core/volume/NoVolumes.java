package io.fairlead.core.volume;

import io.fairlead.core.error.EngineException;
import io.fairlead.core.error.ErrorCode;
import io.fairlead.core.error.ErrorDomain;
import io.fairlead.xml.domain.model.VolumeSource;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** No pool at all. */
final class NoVolumes implements VolumeResolver {
    @Override
    public Map<VolumeSource, MountSpec> acquire(UUID guest, Collection<VolumeSource> volumes) {
        for (VolumeSource volume : volumes) {
            throw new EngineException(
                    ErrorCode.NO_STORAGE_POOL,
                    ErrorDomain.STORAGE,
                    "no storage pool with matching name '%s'".formatted(volume.pool()),
                    null);
        }
        return Map.of();
    }

    @Override
    public void retake(UUID guest, Collection<VolumeSource> volumes) {
        // there are none to take up
    }

    @Override
    public void release(UUID guest) {
        // there are none to put away
    }
}
