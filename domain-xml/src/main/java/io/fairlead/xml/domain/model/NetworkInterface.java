package io.fairlead.xml.domain.model;

import java.util.Optional;

/**
 * {@code <interface>}.
 *
 * @param type libvirt's word: network, bridge, ethernet, direct
 * @param source the network, bridge or host device
 * @param hostName of the link on the host, {@code <target dev>}
 * @param guestName of the link inside, {@code <guest dev>}
 * @param linkUp {@code <link state>}, empty when the definition does not say
 */
public record NetworkInterface(
        String type,
        String mac,
        Optional<String> source,
        Optional<String> hostName,
        Optional<String> guestName,
        Optional<Boolean> linkUp) {}
