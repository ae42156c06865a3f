package io.fairlead.core.backend;

import io.fairlead.core.volume.MountSpec;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.VolumeSource;
import java.util.List;
import java.util.Map;

/**
 * One launch.
 *
 * @param definition the definition to launch, already checked
 * @param paused leave init frozen before its first instruction
 * @param autodestroy the guest dies with its client's connection; recorded for a later daemon
 * @param volumes where each volume named in the definition can be used
 * @param initFiles raw descriptors that init inherits as 3, 4, ...; the caller closes its own copies afterwards
 */
public record LaunchRequest(
        DomainDocument definition,
        boolean paused,
        boolean autodestroy,
        Map<VolumeSource, MountSpec> volumes,
        List<Integer> initFiles) {
    public LaunchRequest {
        volumes = Map.copyOf(volumes);
        initFiles = List.copyOf(initFiles);
    }
}
