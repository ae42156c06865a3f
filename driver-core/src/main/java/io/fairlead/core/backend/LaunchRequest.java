package io.fairlead.core.backend;

import io.fairlead.core.volume.MountSpec;
import io.fairlead.xml.domain.model.VolumeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a launch gets in addition to its plan.
 *
 * @param volumes where each volume named in the definition can be used
 * @param files mounted over the definition's file systems, in this order
 * @param environment {@code NAME=value} variables that come before those of the definition; empty for the ones that
 *     libvirt's own driver sets
 * @param stdio the standard streams of init; empty for those of the plan
 * @param initFiles raw descriptors that init inherits as 3, 4, ...; the caller closes its own copies afterwards
 * @param autodestroy the guest dies with its client's connection; recorded for a later daemon
 */
public record LaunchRequest(
        Map<VolumeSource, MountSpec> volumes,
        List<FileMount> files,
        Optional<List<String>> environment,
        Optional<Stdio> stdio,
        List<Integer> initFiles,
        boolean autodestroy) {
    /** Nothing in addition. */
    public static final LaunchRequest PLAIN =
            new LaunchRequest(Map.of(), List.of(), Optional.empty(), Optional.empty(), List.of(), false);

    public LaunchRequest {
        volumes = Map.copyOf(volumes);
        files = List.copyOf(files);
        environment = environment.map(List::copyOf);
        initFiles = List.copyOf(initFiles);
    }

    /** With the plan's own streams and environment, and no further files. */
    public static LaunchRequest of(Map<VolumeSource, MountSpec> volumes, List<Integer> initFiles, boolean autodestroy) {
        return new LaunchRequest(volumes, List.of(), Optional.empty(), Optional.empty(), initFiles, autodestroy);
    }

    public LaunchRequest with(Stdio streams) {
        return new LaunchRequest(volumes, files, environment, Optional.of(streams), initFiles, autodestroy);
    }

    public LaunchRequest with(List<FileMount> mounts) {
        return new LaunchRequest(volumes, mounts, environment, stdio, initFiles, autodestroy);
    }

    public LaunchRequest withEnvironment(List<String> variables) {
        return new LaunchRequest(volumes, files, Optional.of(variables), stdio, initFiles, autodestroy);
    }
}
