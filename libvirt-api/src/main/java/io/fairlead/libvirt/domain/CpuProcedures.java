package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainCpuCalls.DOMAIN_GET_MAX_VCPUS;
import static io.fairlead.rpc.protocol.DomainCpuCalls.DOMAIN_GET_VCPUS;
import static io.fairlead.rpc.protocol.DomainCpuCalls.DOMAIN_GET_VCPUS_FLAGS;
import static io.fairlead.rpc.protocol.DomainCpuCalls.DOMAIN_GET_VCPU_PIN_INFO;
import static io.fairlead.rpc.protocol.HostCalls.CONNECT_GET_MAX_VCPUS;

import io.fairlead.core.domain.DomainStatus;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.libvirt.node.HostFacts;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Lists;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.DomainCpuCalls.DomainGetMaxVcpusRet;
import io.fairlead.rpc.protocol.DomainCpuCalls.DomainGetVcpuPinInfoArgs;
import io.fairlead.rpc.protocol.DomainCpuCalls.DomainGetVcpuPinInfoRet;
import io.fairlead.rpc.protocol.DomainCpuCalls.DomainGetVcpusArgs;
import io.fairlead.rpc.protocol.DomainCpuCalls.DomainGetVcpusFlagsArgs;
import io.fairlead.rpc.protocol.DomainCpuCalls.DomainGetVcpusFlagsRet;
import io.fairlead.rpc.protocol.DomainCpuCalls.DomainGetVcpusRet;
import io.fairlead.rpc.protocol.DomainCpuCalls.VcpuInfo;
import io.fairlead.rpc.protocol.HostCalls.ConnectGetMaxVcpusArgs;
import io.fairlead.rpc.protocol.HostCalls.ConnectGetMaxVcpusRet;
import io.fairlead.rpc.protocol.Limits;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.Vcpus;
import io.fairlead.xml.value.CpuSet;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The number of a container's CPUs, and their places on the machine. A container can use all of the machine's CPUs,
 * unless its cpuset is smaller.
 */
final class CpuProcedures {
    private static final int MAXIMUM = 4;
    private static final int VCPU_RUNNING = 1;
    /** VIR_VCPU_INFO_CPU_UNAVAILABLE: a container's CPUs are not threads with a place of their own. */
    private static final int ANY_CPU = -2;

    private final Domains domains;
    private final HostFacts host;

    CpuProcedures(Domains domains, HostFacts host) {
        this.domains = domains;
        this.host = host;
    }

    void addTo(Table table) {
        table.inline(CONNECT_GET_MAX_VCPUS, (call, args) -> maxVcpus(args));
        table.inline(
                DOMAIN_GET_MAX_VCPUS,
                (call, dom) -> new DomainGetMaxVcpusRet(
                        vcpus(domains.status(dom).current()).maximum()));
        table.inline(DOMAIN_GET_VCPUS_FLAGS, (call, args) -> vcpus(args));
        table.inline(DOMAIN_GET_VCPUS, (call, args) -> vcpuInfo(args));
        table.inline(DOMAIN_GET_VCPU_PIN_INFO, (call, args) -> pinInfo(args));
    }

    private ConnectGetMaxVcpusRet maxVcpus(ConnectGetMaxVcpusArgs args) {
        if (args.type() != null && !args.type().equalsIgnoreCase("lxc")) {
            throw new EngineException(ErrorCode.INVALID_ARG, "unknown type '%s'".formatted(args.type()));
        }
        return new ConnectGetMaxVcpusRet(host.cpuMap().present());
    }

    private DomainGetVcpusFlagsRet vcpus(DomainGetVcpusFlagsArgs args) {
        Flags.check("virDomainGetVcpusFlags", args.flags(), Flags.AFFECT_BOTH | MAXIMUM);
        Vcpus vcpus = vcpus(definition(domains.status(args.dom()), args.flags() & Flags.AFFECT_BOTH));
        return new DomainGetVcpusFlagsRet(Flags.has(args.flags(), MAXIMUM) ? vcpus.maximum() : vcpus.current());
    }

    private static Vcpus vcpus(DomainDocument document) {
        return document.definition().vcpus();
    }

    private static DomainDocument definition(DomainStatus status, int affect) {
        if (affect == Flags.AFFECT_BOTH) {
            throw new EngineException(
                    ErrorCode.INVALID_ARG, ErrorDomain.DOMAIN, "the live and the config flag exclude each other", null);
        }
        if (affect == Flags.AFFECT_LIVE) {
            Domains.requireActive(status);
        }
        if (affect == Flags.AFFECT_CONFIG && !status.persistent()) {
            throw new EngineException(
                    ErrorCode.OPERATION_INVALID,
                    ErrorDomain.DOMAIN,
                    "transient domains do not have any persistent config",
                    null);
        }
        return affect == Flags.AFFECT_CONFIG ? status.config() : status.current();
    }

    private DomainGetVcpusRet vcpuInfo(DomainGetVcpusArgs args) {
        DomainStatus status = domains.status(args.dom());
        requireRoom(args.maxinfo(), args.maplen());
        if (!status.active()) {
            throw new EngineException(
                    ErrorCode.OPERATION_INVALID,
                    ErrorDomain.DOMAIN,
                    "cannot retrieve vcpu information for inactive domain",
                    null);
        }
        int count = Math.min(args.maxinfo(), vcpus(status.live()).current());
        // CPU time is charged to the container as a whole. A single CPU has no time of its own, and clients show it as
        // unknown.
        var info = IntStream.range(0, count)
                .mapToObj(number -> new VcpuInfo(number, VCPU_RUNNING, 0, ANY_CPU))
                .toList();
        return new DomainGetVcpusRet(info, maps(status.live(), count, args.maplen()));
    }

    private DomainGetVcpuPinInfoRet pinInfo(DomainGetVcpuPinInfoArgs args) {
        Flags.check("virDomainGetVcpuPinInfo", args.flags(), Flags.AFFECT_BOTH);
        requireRoom(args.ncpumaps(), args.maplen());
        DomainDocument definition = definition(domains.status(args.dom()), args.flags());
        int count = Math.min(args.ncpumaps(), vcpus(definition).current());
        return new DomainGetVcpuPinInfoRet(maps(definition, count, args.maplen()), count);
    }

    /** The limits of libvirtd, which also allocates the size that a client announces. */
    private static void requireRoom(int vcpus, int mapLength) {
        Lists.room("maxinfo", vcpus, Limits.VCPUINFO);
        Lists.room("maplen", mapLength, Limits.CPUMAPS);
        if ((long) vcpus * mapLength > Limits.CPUMAPS) {
            Lists.room("maxinfo * maplen", Integer.MAX_VALUE, Limits.CPUMAPS);
        }
    }

    /** One map per CPU, each {@code length} bytes: bit n of the little-endian map stands for the machine's CPU n. */
    private byte[] maps(DomainDocument definition, int count, int length) {
        byte[] maps = new byte[count * length];
        byte[] map = allowed(definition).toByteArray();
        for (int i = 0; i < count; i++) {
            System.arraycopy(map, 0, maps, i * length, Math.min(map.length, length));
        }
        return maps;
    }

    private BitSet allowed(DomainDocument definition) {
        BitSet allowed = new BitSet();
        int present = host.cpuMap().present();
        vcpus(definition)
                .cpuset()
                .map(CpuSet::stream)
                .orElseGet(() -> IntStream.range(0, present))
                .filter(cpu -> cpu < present)
                .forEach(allowed::set);
        return allowed;
    }
}
