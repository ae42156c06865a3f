package io.fairlead.xml.network;

import io.fairlead.xml.tree.ElementOrder;

/** The order of the parts of networks and their ports. */
final class NetworkOrder {
    static final ElementOrder TABLE = ElementOrder.of(
            """
            /network | xmlns:dnsmasq connections ipv6 trustGuestRxFilters | name uuid title description metadata forward \
            bridge mtu mac domain dns vlan bandwidth port ip route virtualport portgroup dnsmasq:options
            network/forward | dev mode managed | driver nat pf interface address
            forward/nat | ipv6 | address port
            nat/address | start end |
            nat/port | start end |
            forward/address | type domain bus slot function |
            network/bridge | name zone stp delay macTableManager |
            network/domain | name localOnly |
            network/dns | enable forwardPlainNames | forwarder txt srv host
            dns/forwarder | domain addr |
            dns/txt | name value |
            dns/srv | service protocol domain target port priority weight |
            dns/host | ip | hostname
            network/ip | family address netmask prefix localPtr | tftp dhcp
            ip/dhcp || range host bootp
            dhcp/range | start end | lease
            dhcp/host | mac id name ip | lease
            */lease | expiry unit |
            dhcp/bootp | file server |
            network/route | family address netmask prefix gateway metric |
            network/portgroup | name default trustGuestRxFilters | vlan virtualport bandwidth
            */vlan | trunk | tag
            vlan/tag | id nativeMode |
            */bandwidth | classID | inbound outbound
            bandwidth/inbound | average peak floor burst |
            bandwidth/outbound | average peak burst |
            */virtualport | type | parameters
            virtualport/parameters | managerid typeid typeidversion instanceid interfaceid profileid |
            network/dnsmasq:options || dnsmasq:option
            /networkport || uuid owner group mac rxfilters virtualport bandwidth vlan port plug
            networkport/owner || name uuid
            networkport/plug | type dev bridge mode macTableManager managed | driver address
            plug/address | domain bus slot function |
            """);

    private NetworkOrder() {}
}
