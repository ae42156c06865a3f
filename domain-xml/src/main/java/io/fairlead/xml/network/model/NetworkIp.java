package io.fairlead.xml.network.model;

import io.fairlead.xml.value.IpAddress;
import java.util.Optional;

/**
 * {@code <ip>}: an address of the network's bridge.
 *
 * @param prefix 1..32 or 1..128; -1 for an address outside the old classes without one, or a netmask with holes
 * @param localPtr whether names of its addresses are never asked upstream
 * @param tftpRoot a folder that is served
 */
public record NetworkIp(
        IpAddress address, int prefix, boolean localPtr, Optional<String> tftpRoot, Optional<Dhcp> dhcp) {}
