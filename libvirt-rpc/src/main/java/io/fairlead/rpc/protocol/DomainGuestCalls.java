package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import io.fairlead.rpc.xdr.Nullable;
import java.util.List;

/** Calls that reach into the guest: console, signals, addresses, file systems, users. */
public final class DomainGuestCalls {
    private DomainGuestCalls() {}

    public static final Signature<DomainOpenConsoleArgs, Void> DOMAIN_OPEN_CONSOLE =
            Signature.of(RemoteProcedure.DOMAIN_OPEN_CONSOLE, DomainOpenConsoleArgs.class, Void.class);
    public static final Signature<DomainFstrimArgs, Void> DOMAIN_FSTRIM =
            Signature.of(RemoteProcedure.DOMAIN_FSTRIM, DomainFstrimArgs.class, Void.class);
    public static final Signature<DomainSendProcessSignalArgs, Void> DOMAIN_SEND_PROCESS_SIGNAL =
            Signature.of(RemoteProcedure.DOMAIN_SEND_PROCESS_SIGNAL, DomainSendProcessSignalArgs.class, Void.class);
    public static final Signature<DomainFsfreezeArgs, DomainFsfreezeRet> DOMAIN_FSFREEZE =
            Signature.of(RemoteProcedure.DOMAIN_FSFREEZE, DomainFsfreezeArgs.class, DomainFsfreezeRet.class);
    public static final Signature<DomainFsthawArgs, DomainFsthawRet> DOMAIN_FSTHAW =
            Signature.of(RemoteProcedure.DOMAIN_FSTHAW, DomainFsthawArgs.class, DomainFsthawRet.class);
    public static final Signature<DomainGetTimeArgs, DomainGetTimeRet> DOMAIN_GET_TIME =
            Signature.of(RemoteProcedure.DOMAIN_GET_TIME, DomainGetTimeArgs.class, DomainGetTimeRet.class);
    public static final Signature<DomainGetFsinfoArgs, DomainGetFsinfoRet> DOMAIN_GET_FSINFO =
            Signature.of(RemoteProcedure.DOMAIN_GET_FSINFO, DomainGetFsinfoArgs.class, DomainGetFsinfoRet.class);
    public static final Signature<DomainInterfaceAddressesArgs, DomainInterfaceAddressesRet>
            DOMAIN_INTERFACE_ADDRESSES = Signature.of(
                    RemoteProcedure.DOMAIN_INTERFACE_ADDRESSES,
                    DomainInterfaceAddressesArgs.class,
                    DomainInterfaceAddressesRet.class);
    public static final Signature<DomainSetUserPasswordArgs, Void> DOMAIN_SET_USER_PASSWORD =
            Signature.of(RemoteProcedure.DOMAIN_SET_USER_PASSWORD, DomainSetUserPasswordArgs.class, Void.class);
    public static final Signature<DomainGetGuestInfoArgs, DomainGetGuestInfoRet> DOMAIN_GET_GUEST_INFO = Signature.of(
            RemoteProcedure.DOMAIN_GET_GUEST_INFO, DomainGetGuestInfoArgs.class, DomainGetGuestInfoRet.class);
    public static final Signature<DomainFdAssociateArgs, Void> DOMAIN_FD_ASSOCIATE =
            Signature.of(RemoteProcedure.DOMAIN_FD_ASSOCIATE, DomainFdAssociateArgs.class, Void.class);

    public record DomainOpenConsoleArgs(DomainRef dom, @Nullable String devName, int flags) {}

    public record DomainFstrimArgs(DomainRef dom, @Nullable String mountPoint, long minimum, int flags) {}

    public record DomainSendProcessSignalArgs(DomainRef dom, long pidValue, int signum, int flags) {}

    public record DomainFsfreezeArgs(
            DomainRef dom, @Max(Limits.DOMAIN_FSFREEZE_MOUNTPOINTS) List<String> mountpoints, int flags) {}

    public record DomainFsfreezeRet(int filesystems) {}

    public record DomainFsthawArgs(
            DomainRef dom, @Max(Limits.DOMAIN_FSFREEZE_MOUNTPOINTS) List<String> mountpoints, int flags) {}

    public record DomainFsthawRet(int filesystems) {}

    public record DomainGetTimeArgs(DomainRef dom, int flags) {}

    public record DomainGetTimeRet(long seconds, int nseconds) {}

    public record DomainGetFsinfoArgs(DomainRef dom, int flags) {}

    public record DomainFsinfo(
            String mountpoint, String name, String fstype, @Max(Limits.DOMAIN_FSINFO_DISKS) List<String> devAliases) {}

    public record DomainGetFsinfoRet(@Max(Limits.DOMAIN_FSINFO) List<DomainFsinfo> info, int ret) {}

    public record DomainInterfaceAddressesArgs(DomainRef dom, int source, int flags) {}

    public record DomainIpAddr(int type, String addr, int prefix) {}

    public record DomainInterface(
            String name, @Nullable String hwaddr, @Max(Limits.DOMAIN_IP_ADDR) List<DomainIpAddr> addrs) {}

    public record DomainInterfaceAddressesRet(@Max(Limits.DOMAIN_INTERFACE) List<DomainInterface> ifaces) {}

    public record DomainSetUserPasswordArgs(
            DomainRef dom, @Nullable String user, @Nullable String password, int flags) {}

    public record DomainGetGuestInfoArgs(DomainRef dom, int types, int flags) {}

    public record DomainGetGuestInfoRet(@Max(Limits.DOMAIN_GUEST_INFO_PARAMS) List<TypedParam> params) {}

    public record DomainFdAssociateArgs(DomainRef dom, String name, int flags) {}
}
