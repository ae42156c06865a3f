package io.fairlead.rpc.protocol;

/** Calls for attaching, detaching and resizing devices. */
public final class DomainDeviceCalls {
    private DomainDeviceCalls() {}

    public static final Signature<DomainAttachDeviceArgs, Void> DOMAIN_ATTACH_DEVICE =
            Signature.of(RemoteProcedure.DOMAIN_ATTACH_DEVICE, DomainAttachDeviceArgs.class, Void.class);
    public static final Signature<DomainDetachDeviceArgs, Void> DOMAIN_DETACH_DEVICE =
            Signature.of(RemoteProcedure.DOMAIN_DETACH_DEVICE, DomainDetachDeviceArgs.class, Void.class);
    public static final Signature<DomainAttachDeviceFlagsArgs, Void> DOMAIN_ATTACH_DEVICE_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_ATTACH_DEVICE_FLAGS, DomainAttachDeviceFlagsArgs.class, Void.class);
    public static final Signature<DomainDetachDeviceFlagsArgs, Void> DOMAIN_DETACH_DEVICE_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_DETACH_DEVICE_FLAGS, DomainDetachDeviceFlagsArgs.class, Void.class);
    public static final Signature<DomainUpdateDeviceFlagsArgs, Void> DOMAIN_UPDATE_DEVICE_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_UPDATE_DEVICE_FLAGS, DomainUpdateDeviceFlagsArgs.class, Void.class);
    public static final Signature<DomainBlockResizeArgs, Void> DOMAIN_BLOCK_RESIZE =
            Signature.of(RemoteProcedure.DOMAIN_BLOCK_RESIZE, DomainBlockResizeArgs.class, Void.class);
    public static final Signature<DomainDetachDeviceAliasArgs, Void> DOMAIN_DETACH_DEVICE_ALIAS =
            Signature.of(RemoteProcedure.DOMAIN_DETACH_DEVICE_ALIAS, DomainDetachDeviceAliasArgs.class, Void.class);

    public record DomainAttachDeviceArgs(DomainRef dom, String xml) {}

    public record DomainDetachDeviceArgs(DomainRef dom, String xml) {}

    public record DomainAttachDeviceFlagsArgs(DomainRef dom, String xml, int flags) {}

    public record DomainDetachDeviceFlagsArgs(DomainRef dom, String xml, int flags) {}

    public record DomainUpdateDeviceFlagsArgs(DomainRef dom, String xml, int flags) {}

    public record DomainBlockResizeArgs(DomainRef dom, String disk, long size, int flags) {}

    public record DomainDetachDeviceAliasArgs(DomainRef dom, String alias, int flags) {}
}
