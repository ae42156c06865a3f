package io.fairlead.xml.network.model;

import java.util.Optional;

/**
 * {@code <bridge>}.
 *
 * @param name empty when the host chooses it
 * @param delaySeconds the bridge's forward delay
 * @param macTableManager {@code kernel} or {@code libvirt}
 */
public record Bridge(
        Optional<String> name,
        boolean stp,
        long delaySeconds,
        Optional<String> macTableManager,
        Optional<String> firewalldZone) {}
