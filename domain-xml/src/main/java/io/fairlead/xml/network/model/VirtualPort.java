package io.fairlead.xml.network.model;

import java.util.Map;
import java.util.Optional;

/**
 * {@code <virtualport>}: how a switch is told of an interface.
 *
 * @param type such as {@code openvswitch}; empty where a network decides it
 * @param parameters by libvirt's names, such as {@code interfaceid}
 */
public record VirtualPort(Optional<String> type, Map<String, String> parameters) {
    public VirtualPort {
        parameters = Map.copyOf(parameters);
    }
}
