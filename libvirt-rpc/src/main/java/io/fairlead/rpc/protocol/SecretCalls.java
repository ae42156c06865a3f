package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import java.util.List;
import java.util.UUID;

/** Calls for secrets. */
public final class SecretCalls {
    private SecretCalls() {}

    public static final Signature<Void, ConnectNumOfSecretsRet> CONNECT_NUM_OF_SECRETS =
            Signature.of(RemoteProcedure.CONNECT_NUM_OF_SECRETS, Void.class, ConnectNumOfSecretsRet.class);
    public static final Signature<ConnectListSecretsArgs, ConnectListSecretsRet> CONNECT_LIST_SECRETS = Signature.of(
            RemoteProcedure.CONNECT_LIST_SECRETS, ConnectListSecretsArgs.class, ConnectListSecretsRet.class);
    public static final Signature<SecretLookupByUuidArgs, SecretRef> SECRET_LOOKUP_BY_UUID =
            Signature.of(RemoteProcedure.SECRET_LOOKUP_BY_UUID, SecretLookupByUuidArgs.class, SecretRef.class);
    public static final Signature<SecretDefineXmlArgs, SecretRef> SECRET_DEFINE_XML =
            Signature.of(RemoteProcedure.SECRET_DEFINE_XML, SecretDefineXmlArgs.class, SecretRef.class);
    public static final Signature<SecretGetXmlDescArgs, SecretGetXmlDescRet> SECRET_GET_XML_DESC =
            Signature.of(RemoteProcedure.SECRET_GET_XML_DESC, SecretGetXmlDescArgs.class, SecretGetXmlDescRet.class);
    public static final Signature<SecretSetValueArgs, Void> SECRET_SET_VALUE =
            Signature.of(RemoteProcedure.SECRET_SET_VALUE, SecretSetValueArgs.class, Void.class);
    public static final Signature<SecretGetValueArgs, SecretGetValueRet> SECRET_GET_VALUE =
            Signature.of(RemoteProcedure.SECRET_GET_VALUE, SecretGetValueArgs.class, SecretGetValueRet.class);
    public static final Signature<SecretRef, Void> SECRET_UNDEFINE =
            Signature.of(RemoteProcedure.SECRET_UNDEFINE, SecretRef.class, Void.class);
    public static final Signature<SecretLookupByUsageArgs, SecretRef> SECRET_LOOKUP_BY_USAGE =
            Signature.of(RemoteProcedure.SECRET_LOOKUP_BY_USAGE, SecretLookupByUsageArgs.class, SecretRef.class);
    public static final Signature<ConnectListAllSecretsArgs, ConnectListAllSecretsRet> CONNECT_LIST_ALL_SECRETS =
            Signature.of(
                    RemoteProcedure.CONNECT_LIST_ALL_SECRETS,
                    ConnectListAllSecretsArgs.class,
                    ConnectListAllSecretsRet.class);

    public record ConnectNumOfSecretsRet(int num) {}

    public record ConnectListSecretsArgs(int maxuuids) {}

    public record ConnectListSecretsRet(@Max(Limits.SECRET_LIST) List<String> uuids) {}

    public record SecretLookupByUuidArgs(UUID uuid) {}

    public record SecretDefineXmlArgs(String xml, int flags) {}

    public record SecretGetXmlDescArgs(SecretRef secret, int flags) {}

    public record SecretGetXmlDescRet(String xml) {}

    public record SecretSetValueArgs(SecretRef secret, @Max(Limits.SECRET_VALUE) byte[] value, int flags) {}

    public record SecretGetValueArgs(SecretRef secret, int flags) {}

    public record SecretGetValueRet(@Max(Limits.SECRET_VALUE) byte[] value) {}

    public record SecretLookupByUsageArgs(int usageType, String usageId) {}

    public record ConnectListAllSecretsArgs(int needResults, int flags) {}

    public record ConnectListAllSecretsRet(@Max(Limits.SECRET_LIST) List<SecretRef> secrets, int ret) {}
}
