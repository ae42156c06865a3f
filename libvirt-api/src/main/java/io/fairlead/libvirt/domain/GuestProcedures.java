package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_GET_FSINFO;
import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_GET_GUEST_INFO;
import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_INTERFACE_ADDRESSES;
import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_SEND_PROCESS_SIGNAL;

import io.fairlead.core.backend.MountedFilesystem;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.service.DomainGuests;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.libvirt.error.Errors;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainFsinfo;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainGetFsinfoArgs;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainGetFsinfoRet;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainGetGuestInfoArgs;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainGetGuestInfoRet;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainInterfaceAddressesArgs;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainInterfaceAddressesRet;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainSendProcessSignalArgs;
import io.fairlead.rpc.protocol.LxcProcedure;
import io.fairlead.rpc.protocol.LxcProcedure.LxcOpenNamespaceArgs;
import io.fairlead.rpc.protocol.TypedParam;
import io.fairlead.rpc.server.Call;
import io.fairlead.rpc.wire.PassedFd;
import java.util.ArrayList;
import java.util.List;

/** Access to a running guest: signals, namespaces, file systems, interfaces. */
final class GuestProcedures {
    /** virDomainProcessSignal has Linux's numbers, real-time signals included: 0 to 64. */
    private static final int SIGNALS = 65;

    private static final int ADDRESSES_FROM_LEASE = 0;
    private static final int ADDRESSES_FROM_ARP = 2;
    private static final int INFO_HOSTNAME = 1 << 3;
    private static final int INFO_FILESYSTEM = 1 << 4;

    private final Domains domains;
    private final DomainGuests guests;

    GuestProcedures(Domains domains, DomainGuests guests) {
        this.domains = domains;
        this.guests = guests;
    }

    void addTo(Table table) {
        table.action(DOMAIN_SEND_PROCESS_SIGNAL, (call, args) -> signal(args));
        table.worker(DOMAIN_GET_FSINFO, (call, args) -> filesystems(args));
        table.worker(DOMAIN_GET_GUEST_INFO, (call, args) -> guestInfo(args));
        table.inline(DOMAIN_INTERFACE_ADDRESSES, (call, args) -> addresses(args));
    }

    /** The lxc program's only procedure. */
    void addLxcTo(Table table) {
        table.worker(LxcProcedure.OPEN_NAMESPACE, this::openNamespaces);
    }

    private void signal(DomainSendProcessSignalArgs args) {
        String function = "virDomainSendProcessSignal";
        Flags.none(function, args.flags());
        if (args.pidValue() == 0) {
            throw Errors.argument(function, "pid_value", "pid_value in %s must not be zero".formatted(function));
        }
        if (Integer.compareUnsigned(args.signum(), SIGNALS) >= 0) {
            throw new EngineException(
                    ErrorCode.INVALID_ARG,
                    "signum value %d is out of range".formatted(Integer.toUnsignedLong(args.signum())));
        }
        Domain domain = domains.getActive(args.dom());
        if (args.pidValue() < 0) {
            throw new EngineException(
                    ErrorCode.ARGUMENT_UNSUPPORTED,
                    "cannot signal process group %d: only single processes can be signalled"
                            .formatted(-args.pidValue()));
        }
        guests.signal(domain, args.pidValue(), args.signum());
    }

    private DomainGetFsinfoRet filesystems(DomainGetFsinfoArgs args) {
        Flags.none("virDomainGetFSInfo", args.flags());
        List<DomainFsinfo> info = guests.filesystems(domains.getActive(args.dom())).stream()
                .map(fs -> new DomainFsinfo(fs.mountpoint(), fs.name(), fs.type(), List.of()))
                .toList();
        return new DomainGetFsinfoRet(info, info.size());
    }

    /** The available kinds among the requested ones; requesting none means all. */
    private DomainGetGuestInfoRet guestInfo(DomainGetGuestInfoArgs args) {
        Flags.none("virDomainGetGuestInfo", args.flags());
        Domain domain = domains.getActive(args.dom());
        int served = INFO_HOSTNAME | INFO_FILESYSTEM;
        if ((args.types() & ~served) != 0) {
            throw new EngineException(
                    ErrorCode.OPERATION_UNSUPPORTED,
                    "cannot ask a container for guest information of types 0x%x".formatted(args.types() & ~served));
        }
        int types = args.types() == 0 ? served : args.types();
        List<TypedParam> params = new ArrayList<>();
        if (Flags.has(types, INFO_HOSTNAME)) {
            params.add(
                    new TypedParam.Str("hostname", Hostnames.of(domain.status().name())));
        }
        if (Flags.has(types, INFO_FILESYSTEM)) {
            addFilesystems(params, guests.filesystems(domain));
        }
        return new DomainGetGuestInfoRet(params);
    }

    private static void addFilesystems(List<TypedParam> params, List<MountedFilesystem> filesystems) {
        params.add(new TypedParam.UInt("fs.count", filesystems.size()));
        for (int i = 0; i < filesystems.size(); i++) {
            MountedFilesystem fs = filesystems.get(i);
            String prefix = "fs.%d.".formatted(i);
            params.add(new TypedParam.Str(prefix + "mountpoint", fs.mountpoint()));
            params.add(new TypedParam.Str(prefix + "name", fs.name()));
            params.add(new TypedParam.Str(prefix + "fstype", fs.type()));
            params.add(new TypedParam.UInt(prefix + "disk.count", 0));
        }
    }

    /** Always empty: definitions with an interface are refused at start, so a guest has no interface of its own. */
    private DomainInterfaceAddressesRet addresses(DomainInterfaceAddressesArgs args) {
        Flags.none("virDomainInterfaceAddresses", args.flags());
        domains.getActive(args.dom());
        if (args.source() != ADDRESSES_FROM_LEASE && args.source() != ADDRESSES_FROM_ARP) {
            throw new EngineException(
                    ErrorCode.ARGUMENT_UNSUPPORTED, "Unknown IP address data source %d".formatted(args.source()));
        }
        return new DomainInterfaceAddressesRet(List.of());
    }

    private Void openNamespaces(Call call, LxcOpenNamespaceArgs args) {
        Flags.none("virDomainLxcOpenNamespace", args.flags());
        List<PassedFd> files = guests.openNamespaces(domains.getActive(args.dom())).stream()
                .map(PassedFd::new)
                .toList();
        call.replyWithFds(files);
        return null;
    }
}
