package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import io.fairlead.rpc.xdr.Nullable;
import java.util.List;

/** Calls for saving a domain to a file and bringing it back. */
public final class DomainSaveCalls {
    private DomainSaveCalls() {}

    public static final Signature<DomainRestoreArgs, Void> DOMAIN_RESTORE =
            Signature.of(RemoteProcedure.DOMAIN_RESTORE, DomainRestoreArgs.class, Void.class);
    public static final Signature<DomainSaveArgs, Void> DOMAIN_SAVE =
            Signature.of(RemoteProcedure.DOMAIN_SAVE, DomainSaveArgs.class, Void.class);
    public static final Signature<DomainManagedSaveArgs, Void> DOMAIN_MANAGED_SAVE =
            Signature.of(RemoteProcedure.DOMAIN_MANAGED_SAVE, DomainManagedSaveArgs.class, Void.class);
    public static final Signature<DomainHasManagedSaveImageArgs, DomainHasManagedSaveImageRet>
            DOMAIN_HAS_MANAGED_SAVE_IMAGE = Signature.of(
                    RemoteProcedure.DOMAIN_HAS_MANAGED_SAVE_IMAGE,
                    DomainHasManagedSaveImageArgs.class,
                    DomainHasManagedSaveImageRet.class);
    public static final Signature<DomainManagedSaveRemoveArgs, Void> DOMAIN_MANAGED_SAVE_REMOVE =
            Signature.of(RemoteProcedure.DOMAIN_MANAGED_SAVE_REMOVE, DomainManagedSaveRemoveArgs.class, Void.class);
    public static final Signature<DomainSaveFlagsArgs, Void> DOMAIN_SAVE_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_SAVE_FLAGS, DomainSaveFlagsArgs.class, Void.class);
    public static final Signature<DomainRestoreFlagsArgs, Void> DOMAIN_RESTORE_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_RESTORE_FLAGS, DomainRestoreFlagsArgs.class, Void.class);
    public static final Signature<DomainSaveImageGetXmlDescArgs, DomainSaveImageGetXmlDescRet>
            DOMAIN_SAVE_IMAGE_GET_XML_DESC = Signature.of(
                    RemoteProcedure.DOMAIN_SAVE_IMAGE_GET_XML_DESC,
                    DomainSaveImageGetXmlDescArgs.class,
                    DomainSaveImageGetXmlDescRet.class);
    public static final Signature<DomainSaveImageDefineXmlArgs, Void> DOMAIN_SAVE_IMAGE_DEFINE_XML =
            Signature.of(RemoteProcedure.DOMAIN_SAVE_IMAGE_DEFINE_XML, DomainSaveImageDefineXmlArgs.class, Void.class);
    public static final Signature<DomainManagedSaveGetXmlDescArgs, DomainManagedSaveGetXmlDescRet>
            DOMAIN_MANAGED_SAVE_GET_XML_DESC = Signature.of(
                    RemoteProcedure.DOMAIN_MANAGED_SAVE_GET_XML_DESC,
                    DomainManagedSaveGetXmlDescArgs.class,
                    DomainManagedSaveGetXmlDescRet.class);
    public static final Signature<DomainManagedSaveDefineXmlArgs, Void> DOMAIN_MANAGED_SAVE_DEFINE_XML = Signature.of(
            RemoteProcedure.DOMAIN_MANAGED_SAVE_DEFINE_XML, DomainManagedSaveDefineXmlArgs.class, Void.class);
    public static final Signature<DomainSaveParamsArgs, Void> DOMAIN_SAVE_PARAMS =
            Signature.of(RemoteProcedure.DOMAIN_SAVE_PARAMS, DomainSaveParamsArgs.class, Void.class);
    public static final Signature<DomainRestoreParamsArgs, Void> DOMAIN_RESTORE_PARAMS =
            Signature.of(RemoteProcedure.DOMAIN_RESTORE_PARAMS, DomainRestoreParamsArgs.class, Void.class);

    public record DomainRestoreArgs(String from) {}

    public record DomainSaveArgs(DomainRef dom, String to) {}

    public record DomainManagedSaveArgs(DomainRef dom, int flags) {}

    public record DomainHasManagedSaveImageArgs(DomainRef dom, int flags) {}

    public record DomainHasManagedSaveImageRet(int result) {}

    public record DomainManagedSaveRemoveArgs(DomainRef dom, int flags) {}

    public record DomainSaveFlagsArgs(DomainRef dom, String to, @Nullable String dxml, int flags) {}

    public record DomainRestoreFlagsArgs(String from, @Nullable String dxml, int flags) {}

    public record DomainSaveImageGetXmlDescArgs(String file, int flags) {}

    public record DomainSaveImageGetXmlDescRet(String xml) {}

    public record DomainSaveImageDefineXmlArgs(String file, String dxml, int flags) {}

    public record DomainManagedSaveGetXmlDescArgs(DomainRef dom, int flags) {}

    public record DomainManagedSaveGetXmlDescRet(String xml) {}

    public record DomainManagedSaveDefineXmlArgs(DomainRef dom, @Nullable String dxml, int flags) {}

    public record DomainSaveParamsArgs(
            DomainRef dom, @Max(Limits.DOMAIN_SAVE_PARAMS) List<TypedParam> params, int flags) {}

    public record DomainRestoreParamsArgs(@Max(Limits.DOMAIN_SAVE_PARAMS) List<TypedParam> params, int flags) {}
}
