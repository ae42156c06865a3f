package io.fairlead.xml.domain.model;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** {@code <blkiotune>}. */
public record BlkioTune(OptionalInt weight, List<Device> devices) {
    public BlkioTune {
        devices = List.copyOf(devices);
    }

    /** Limits for one block device of the host, per second where they are rates. */
    public record Device(
            String path,
            OptionalInt weight,
            OptionalLong readIops,
            OptionalLong writeIops,
            OptionalLong readBytes,
            OptionalLong writeBytes) {}
}
