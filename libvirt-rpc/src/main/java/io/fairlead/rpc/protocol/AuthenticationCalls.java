package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.CharBytes;
import io.fairlead.rpc.xdr.Max;

/** Calls for the identity of a client: the list of ways to prove it, SASL steps, polkit. */
public final class AuthenticationCalls {
    private AuthenticationCalls() {}

    public static final Signature<Void, AuthListRet> AUTH_LIST =
            Signature.of(RemoteProcedure.AUTH_LIST, Void.class, AuthListRet.class);
    public static final Signature<Void, AuthSaslInitRet> AUTH_SASL_INIT =
            Signature.of(RemoteProcedure.AUTH_SASL_INIT, Void.class, AuthSaslInitRet.class);
    public static final Signature<AuthSaslStartArgs, AuthSaslStartRet> AUTH_SASL_START =
            Signature.of(RemoteProcedure.AUTH_SASL_START, AuthSaslStartArgs.class, AuthSaslStartRet.class);
    public static final Signature<AuthSaslStepArgs, AuthSaslStepRet> AUTH_SASL_STEP =
            Signature.of(RemoteProcedure.AUTH_SASL_STEP, AuthSaslStepArgs.class, AuthSaslStepRet.class);
    public static final Signature<Void, AuthPolkitRet> AUTH_POLKIT =
            Signature.of(RemoteProcedure.AUTH_POLKIT, Void.class, AuthPolkitRet.class);

    public record AuthListRet(@Max(Limits.AUTH_TYPE_LIST) int[] types) {}

    public record AuthSaslInitRet(String mechlist) {}

    public record AuthSaslStartArgs(String mech, int nil, @CharBytes @Max(Limits.AUTH_SASL_DATA) byte[] data) {}

    public record AuthSaslStartRet(int complete, int nil, @CharBytes @Max(Limits.AUTH_SASL_DATA) byte[] data) {}

    public record AuthSaslStepArgs(int nil, @CharBytes @Max(Limits.AUTH_SASL_DATA) byte[] data) {}

    public record AuthSaslStepRet(int complete, int nil, @CharBytes @Max(Limits.AUTH_SASL_DATA) byte[] data) {}

    public record AuthPolkitRet(int complete) {}
}
