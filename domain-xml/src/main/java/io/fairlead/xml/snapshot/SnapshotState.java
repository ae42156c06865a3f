package io.fairlead.xml.snapshot;

import java.util.Optional;
import java.util.stream.Stream;

/** What the domain was doing (virDomainSnapshotState). */
public enum SnapshotState {
    RUNNING("running"),
    PAUSED("paused"),
    SHUTOFF("shutoff"),
    /** It ran, and only its disks were wanted: as if it had lost its power at that moment. */
    DISK_SNAPSHOT("disk-snapshot");

    private final String xmlName;

    SnapshotState(String xmlName) {
        this.xmlName = xmlName;
    }

    public String xmlName() {
        return xmlName;
    }

    /** Those of a machine that a container is never in count as what comes next to them. */
    static Optional<SnapshotState> of(String xmlName) {
        return switch (xmlName) {
            case "blocked" -> Optional.of(RUNNING);
            case "shutdown", "crashed" -> Optional.of(SHUTOFF);
            default -> Stream.of(values())
                    .filter(state -> state.xmlName.equals(xmlName))
                    .findFirst();
        };
    }
}
