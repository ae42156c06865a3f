package io.fairlead.xml.snapshot;

import java.util.Optional;
import java.util.stream.Stream;

/** The domain's state at that moment (virDomainSnapshotState). */
public enum SnapshotState {
    RUNNING("running"),
    PAUSED("paused"),
    SHUTOFF("shutoff"),
    /** The domain ran, and the snapshot holds only its disks, as after a loss of power at that moment. */
    DISK_SNAPSHOT("disk-snapshot");

    private final String xmlName;

    SnapshotState(String xmlName) {
        this.xmlName = xmlName;
    }

    public String xmlName() {
        return xmlName;
    }

    /** States that only a virtual machine has count as the nearest state of a container. */
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
