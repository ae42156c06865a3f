package io.fairlead.xml.domain.model;

import java.util.Optional;

/**
 * {@code <disk>}: a block device or file that appears as a device node; {@code target} is its name below /dev,
 * {@code volume} its source if the type is volume.
 */
public record Disk(
        String type,
        String device,
        Optional<String> driver,
        Optional<String> format,
        Optional<String> cache,
        Optional<String> source,
        Optional<VolumeSource> volume,
        String target,
        boolean readonly) {}
