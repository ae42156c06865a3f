package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Nullable;

/** Calls for registering for events of networks, pools, node devices and secrets, and their messages. */
public final class ObjectEvents {
    private ObjectEvents() {}

    public static final Signature<ConnectNetworkEventRegisterAnyArgs, ConnectNetworkEventRegisterAnyRet>
            CONNECT_NETWORK_EVENT_REGISTER_ANY = Signature.of(
                    RemoteProcedure.CONNECT_NETWORK_EVENT_REGISTER_ANY,
                    ConnectNetworkEventRegisterAnyArgs.class,
                    ConnectNetworkEventRegisterAnyRet.class);
    public static final Signature<ConnectNetworkEventDeregisterAnyArgs, Void> CONNECT_NETWORK_EVENT_DEREGISTER_ANY =
            Signature.of(
                    RemoteProcedure.CONNECT_NETWORK_EVENT_DEREGISTER_ANY,
                    ConnectNetworkEventDeregisterAnyArgs.class,
                    Void.class);
    public static final Message<NetworkEventLifecycleMsg> NETWORK_EVENT_LIFECYCLE =
            Message.of(RemoteProcedure.NETWORK_EVENT_LIFECYCLE, NetworkEventLifecycleMsg.class);
    public static final Signature<ConnectStoragePoolEventRegisterAnyArgs, ConnectStoragePoolEventRegisterAnyRet>
            CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY = Signature.of(
                    RemoteProcedure.CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY,
                    ConnectStoragePoolEventRegisterAnyArgs.class,
                    ConnectStoragePoolEventRegisterAnyRet.class);
    public static final Signature<ConnectStoragePoolEventDeregisterAnyArgs, Void>
            CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY = Signature.of(
                    RemoteProcedure.CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY,
                    ConnectStoragePoolEventDeregisterAnyArgs.class,
                    Void.class);
    public static final Message<StoragePoolEventLifecycleMsg> STORAGE_POOL_EVENT_LIFECYCLE =
            Message.of(RemoteProcedure.STORAGE_POOL_EVENT_LIFECYCLE, StoragePoolEventLifecycleMsg.class);
    public static final Message<StoragePoolEventRefreshMsg> STORAGE_POOL_EVENT_REFRESH =
            Message.of(RemoteProcedure.STORAGE_POOL_EVENT_REFRESH, StoragePoolEventRefreshMsg.class);
    public static final Signature<ConnectNodeDeviceEventRegisterAnyArgs, ConnectNodeDeviceEventRegisterAnyRet>
            CONNECT_NODE_DEVICE_EVENT_REGISTER_ANY = Signature.of(
                    RemoteProcedure.CONNECT_NODE_DEVICE_EVENT_REGISTER_ANY,
                    ConnectNodeDeviceEventRegisterAnyArgs.class,
                    ConnectNodeDeviceEventRegisterAnyRet.class);
    public static final Signature<ConnectNodeDeviceEventDeregisterAnyArgs, Void>
            CONNECT_NODE_DEVICE_EVENT_DEREGISTER_ANY = Signature.of(
                    RemoteProcedure.CONNECT_NODE_DEVICE_EVENT_DEREGISTER_ANY,
                    ConnectNodeDeviceEventDeregisterAnyArgs.class,
                    Void.class);
    public static final Message<NodeDeviceEventLifecycleMsg> NODE_DEVICE_EVENT_LIFECYCLE =
            Message.of(RemoteProcedure.NODE_DEVICE_EVENT_LIFECYCLE, NodeDeviceEventLifecycleMsg.class);
    public static final Message<NodeDeviceEventUpdateMsg> NODE_DEVICE_EVENT_UPDATE =
            Message.of(RemoteProcedure.NODE_DEVICE_EVENT_UPDATE, NodeDeviceEventUpdateMsg.class);
    public static final Signature<ConnectSecretEventRegisterAnyArgs, ConnectSecretEventRegisterAnyRet>
            CONNECT_SECRET_EVENT_REGISTER_ANY = Signature.of(
                    RemoteProcedure.CONNECT_SECRET_EVENT_REGISTER_ANY,
                    ConnectSecretEventRegisterAnyArgs.class,
                    ConnectSecretEventRegisterAnyRet.class);
    public static final Signature<ConnectSecretEventDeregisterAnyArgs, Void> CONNECT_SECRET_EVENT_DEREGISTER_ANY =
            Signature.of(
                    RemoteProcedure.CONNECT_SECRET_EVENT_DEREGISTER_ANY,
                    ConnectSecretEventDeregisterAnyArgs.class,
                    Void.class);
    public static final Message<SecretEventLifecycleMsg> SECRET_EVENT_LIFECYCLE =
            Message.of(RemoteProcedure.SECRET_EVENT_LIFECYCLE, SecretEventLifecycleMsg.class);
    public static final Message<SecretEventValueChangedMsg> SECRET_EVENT_VALUE_CHANGED =
            Message.of(RemoteProcedure.SECRET_EVENT_VALUE_CHANGED, SecretEventValueChangedMsg.class);

    public record ConnectNetworkEventRegisterAnyArgs(int eventId, @Nullable NetworkRef net) {}

    public record ConnectNetworkEventRegisterAnyRet(int callbackId) {}

    public record ConnectNetworkEventDeregisterAnyArgs(int callbackId) {}

    public record NetworkEventLifecycleMsg(int callbackId, NetworkRef net, int event, int detail) {}

    public record ConnectStoragePoolEventRegisterAnyArgs(int eventId, @Nullable StoragePoolRef pool) {}

    public record ConnectStoragePoolEventRegisterAnyRet(int callbackId) {}

    public record ConnectStoragePoolEventDeregisterAnyArgs(int callbackId) {}

    public record StoragePoolEventLifecycleMsg(int callbackId, StoragePoolRef pool, int event, int detail) {}

    public record StoragePoolEventRefreshMsg(int callbackId, StoragePoolRef pool) {}

    public record ConnectNodeDeviceEventRegisterAnyArgs(int eventId, @Nullable NodeDeviceRef dev) {}

    public record ConnectNodeDeviceEventRegisterAnyRet(int callbackId) {}

    public record ConnectNodeDeviceEventDeregisterAnyArgs(int callbackId) {}

    public record NodeDeviceEventLifecycleMsg(int callbackId, NodeDeviceRef dev, int event, int detail) {}

    public record NodeDeviceEventUpdateMsg(int callbackId, NodeDeviceRef dev) {}

    public record ConnectSecretEventRegisterAnyArgs(int eventId, @Nullable SecretRef secret) {}

    public record ConnectSecretEventRegisterAnyRet(int callbackId) {}

    public record ConnectSecretEventDeregisterAnyArgs(int callbackId) {}

    public record SecretEventLifecycleMsg(int callbackId, SecretRef secret, int event, int detail) {}

    public record SecretEventValueChangedMsg(int callbackId, SecretRef secret) {}
}
