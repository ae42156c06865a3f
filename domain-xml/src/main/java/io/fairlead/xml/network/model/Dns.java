package io.fairlead.xml.network.model;

import io.fairlead.xml.value.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code <dns>}.
 *
 * @param forwardPlainNames whether names without a dot are asked upstream; empty when the definition does not say
 */
public record Dns(
        boolean enabled,
        Optional<Boolean> forwardPlainNames,
        List<Forwarder> forwarders,
        List<Text> texts,
        List<Service> services,
        List<Host> hosts) {
    public Dns {
        forwarders = List.copyOf(forwarders);
        texts = List.copyOf(texts);
        services = List.copyOf(services);
        hosts = List.copyOf(hosts);
    }

    /** @param address empty: the domain is answered by the host's own resolver */
    public record Forwarder(Optional<String> domain, Optional<IpAddress> address) {}

    /** A TXT record. */
    public record Text(String name, String value) {}

    /** An SRV record; port 1..65535, priority and weight 0..65535. */
    public record Service(
            String service,
            String protocol,
            Optional<String> domain,
            Optional<String> target,
            OptionalInt port,
            int priority,
            int weight) {}

    /** An address and its names, at least one. */
    public record Host(IpAddress address, List<String> names) {
        public Host {
            names = List.copyOf(names);
        }
    }
}
