package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Nullable;

/** Calls for domain definitions: define, undefine, XML out and converted, metadata, autostart, rename. */
public final class DomainDefinitionCalls {
    private DomainDefinitionCalls() {}

    public static final Signature<DomainDefineXmlArgs, DomainRef> DOMAIN_DEFINE_XML =
            Signature.of(RemoteProcedure.DOMAIN_DEFINE_XML, DomainDefineXmlArgs.class, DomainRef.class);
    public static final Signature<DomainGetXmlDescArgs, DomainGetXmlDescRet> DOMAIN_GET_XML_DESC =
            Signature.of(RemoteProcedure.DOMAIN_GET_XML_DESC, DomainGetXmlDescArgs.class, DomainGetXmlDescRet.class);
    public static final Signature<DomainRef, DomainGetAutostartRet> DOMAIN_GET_AUTOSTART =
            Signature.of(RemoteProcedure.DOMAIN_GET_AUTOSTART, DomainRef.class, DomainGetAutostartRet.class);
    public static final Signature<DomainSetAutostartArgs, Void> DOMAIN_SET_AUTOSTART =
            Signature.of(RemoteProcedure.DOMAIN_SET_AUTOSTART, DomainSetAutostartArgs.class, Void.class);
    public static final Signature<DomainRef, Void> DOMAIN_UNDEFINE =
            Signature.of(RemoteProcedure.DOMAIN_UNDEFINE, DomainRef.class, Void.class);
    public static final Signature<ConnectDomainXmlFromNativeArgs, ConnectDomainXmlFromNativeRet>
            CONNECT_DOMAIN_XML_FROM_NATIVE = Signature.of(
                    RemoteProcedure.CONNECT_DOMAIN_XML_FROM_NATIVE,
                    ConnectDomainXmlFromNativeArgs.class,
                    ConnectDomainXmlFromNativeRet.class);
    public static final Signature<ConnectDomainXmlToNativeArgs, ConnectDomainXmlToNativeRet>
            CONNECT_DOMAIN_XML_TO_NATIVE = Signature.of(
                    RemoteProcedure.CONNECT_DOMAIN_XML_TO_NATIVE,
                    ConnectDomainXmlToNativeArgs.class,
                    ConnectDomainXmlToNativeRet.class);
    public static final Signature<DomainUndefineFlagsArgs, Void> DOMAIN_UNDEFINE_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_UNDEFINE_FLAGS, DomainUndefineFlagsArgs.class, Void.class);
    public static final Signature<DomainSetMetadataArgs, Void> DOMAIN_SET_METADATA =
            Signature.of(RemoteProcedure.DOMAIN_SET_METADATA, DomainSetMetadataArgs.class, Void.class);
    public static final Signature<DomainGetMetadataArgs, DomainGetMetadataRet> DOMAIN_GET_METADATA =
            Signature.of(RemoteProcedure.DOMAIN_GET_METADATA, DomainGetMetadataArgs.class, DomainGetMetadataRet.class);
    public static final Signature<DomainDefineXmlFlagsArgs, DomainRef> DOMAIN_DEFINE_XML_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_DEFINE_XML_FLAGS, DomainDefineXmlFlagsArgs.class, DomainRef.class);
    public static final Signature<DomainRenameArgs, DomainRenameRet> DOMAIN_RENAME =
            Signature.of(RemoteProcedure.DOMAIN_RENAME, DomainRenameArgs.class, DomainRenameRet.class);
    public static final Signature<DomainSetLifecycleActionArgs, Void> DOMAIN_SET_LIFECYCLE_ACTION =
            Signature.of(RemoteProcedure.DOMAIN_SET_LIFECYCLE_ACTION, DomainSetLifecycleActionArgs.class, Void.class);

    public record DomainDefineXmlArgs(String xml) {}

    public record DomainGetXmlDescArgs(DomainRef dom, int flags) {}

    public record DomainGetXmlDescRet(String xml) {}

    public record DomainGetAutostartRet(int autostart) {}

    public record DomainSetAutostartArgs(DomainRef dom, int autostart) {}

    public record ConnectDomainXmlFromNativeArgs(String nativeFormat, String nativeConfig, int flags) {}

    public record ConnectDomainXmlFromNativeRet(String domainXml) {}

    public record ConnectDomainXmlToNativeArgs(String nativeFormat, String domainXml, int flags) {}

    public record ConnectDomainXmlToNativeRet(String nativeConfig) {}

    public record DomainUndefineFlagsArgs(DomainRef dom, int flags) {}

    public record DomainSetMetadataArgs(
            DomainRef dom,
            int type,
            @Nullable String metadata,
            @Nullable String key,
            @Nullable String uri,
            int flags) {}

    public record DomainGetMetadataArgs(DomainRef dom, int type, @Nullable String uri, int flags) {}

    public record DomainGetMetadataRet(String metadata) {}

    public record DomainDefineXmlFlagsArgs(String xml, int flags) {}

    public record DomainRenameArgs(DomainRef dom, @Nullable String newName, int flags) {}

    public record DomainRenameRet(int retcode) {}

    public record DomainSetLifecycleActionArgs(DomainRef dom, int type, int action, int flags) {}
}
