package io.fairlead.core.backend;

import io.fairlead.xml.domain.DomainDocument;
import java.util.List;

/**
 * One launch.
 *
 * @param definition what to launch, already checked
 * @param paused leave init frozen before its first instruction
 * @param autodestroy the guest dies with its client's connection; kept so that a later daemon knows
 * @param initFiles raw descriptors that init inherits as 3, 4, ...; the caller closes its own copies afterwards
 */
public record LaunchRequest(DomainDocument definition, boolean paused, boolean autodestroy, List<Integer> initFiles) {
    public LaunchRequest {
        initFiles = List.copyOf(initFiles);
    }
}
