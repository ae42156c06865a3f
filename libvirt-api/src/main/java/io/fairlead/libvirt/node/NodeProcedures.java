package io.fairlead.libvirt.node;

import static io.fairlead.rpc.protocol.HostCalls.CONNECT_GET_CAPABILITIES;
import static io.fairlead.rpc.protocol.HostCalls.CONNECT_GET_DOMAIN_CAPABILITIES;
import static io.fairlead.rpc.protocol.HostCalls.CONNECT_GET_SYSINFO;
import static io.fairlead.rpc.protocol.HostCalls.NODE_GET_CPU_MAP;
import static io.fairlead.rpc.protocol.HostCalls.NODE_GET_INFO;
import static io.fairlead.rpc.protocol.HostCalls.NODE_GET_SECURITY_MODEL;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.HostCalls.ConnectGetCapabilitiesRet;
import io.fairlead.rpc.protocol.HostCalls.ConnectGetDomainCapabilitiesArgs;
import io.fairlead.rpc.protocol.HostCalls.ConnectGetDomainCapabilitiesRet;
import io.fairlead.rpc.protocol.HostCalls.ConnectGetSysinfoArgs;
import io.fairlead.rpc.protocol.HostCalls.ConnectGetSysinfoRet;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCpuMapArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCpuMapRet;
import io.fairlead.rpc.protocol.HostCalls.NodeGetInfoRet;
import io.fairlead.rpc.protocol.HostCalls.NodeGetSecurityModelRet;
import io.fairlead.xml.capabilities.CapabilitiesXml;
import io.fairlead.xml.capabilities.DomainCapabilitiesXml;
import io.fairlead.xml.domain.normal.DomainDefaults;
import java.util.Arrays;

/** The host machine: its hardware, and the guests that can run on it. Its usage has a class of its own. */
final class NodeProcedures {
    private final HostFacts host;

    NodeProcedures(HostFacts host) {
        this.host = host;
    }

    void addTo(Table table) {
        table.worker(NODE_GET_INFO, (call, none) -> info());
        table.inline(NODE_GET_CPU_MAP, (call, args) -> cpuMap(args));
        // libvirt's name for the absence of a security module.
        table.inline(NODE_GET_SECURITY_MODEL, (call, none) -> new NodeGetSecurityModelRet("none", "0"));
        table.worker(
                CONNECT_GET_CAPABILITIES,
                (call, none) -> new ConnectGetCapabilitiesRet(
                        CapabilitiesXml.of(HostElements.of(host), DomainDefaults.host())));
        table.worker(CONNECT_GET_DOMAIN_CAPABILITIES, (call, args) -> domainCapabilities(args));
        table.worker(CONNECT_GET_SYSINFO, (call, args) -> sysinfo(args));
    }

    private NodeGetInfoRet info() {
        HostFacts.Node node = host.node();
        return new NodeGetInfoRet(
                node.model(),
                node.memoryKib(),
                node.cpus(),
                node.mhz(),
                node.cells(),
                node.sockets(),
                node.cores(),
                node.threads());
    }

    private NodeGetCpuMapRet cpuMap(NodeGetCpuMapArgs args) {
        Flags.none("virNodeGetCPUMap", args.flags());
        HostFacts.CpuMap map = host.cpuMap();
        byte[] bits =
                args.needMap() == 0 ? new byte[0] : Arrays.copyOf(map.online().toByteArray(), (map.present() + 7) / 8);
        int online = args.needOnline() == 0 ? 0 : map.online().cardinality();
        return new NodeGetCpuMapRet(bits, online, map.present());
    }

    private ConnectGetDomainCapabilitiesRet domainCapabilities(ConnectGetDomainCapabilitiesArgs args) {
        Flags.none("virConnectGetDomainCapabilities", args.flags());
        if (args.machine() != null) {
            throw new EngineException(
                    ErrorCode.INVALID_ARG, "unsupported machine=%s: a container has none".formatted(args.machine()));
        }
        return new ConnectGetDomainCapabilitiesRet(DomainCapabilitiesXml.of(
                DomainDefaults.host(),
                args.emulatorbin(),
                args.arch(),
                args.virttype(),
                host.cpuMap().present()));
    }

    private ConnectGetSysinfoRet sysinfo(ConnectGetSysinfoArgs args) {
        Flags.none("virConnectGetSysinfo", args.flags());
        return new ConnectGetSysinfoRet(SysinfoXml.of(host.firmware())
                .orElseThrow(() ->
                        new EngineException(ErrorCode.CONFIG_UNSUPPORTED, "Host SMBIOS information is not available")));
    }
}
