package io.fairlead.rpc.protocol;

/** Calls for starting and stopping domains. */
public final class DomainLifecycleCalls {
    private DomainLifecycleCalls() {}

    public static final Signature<DomainRef, Void> DOMAIN_CREATE =
            Signature.of(RemoteProcedure.DOMAIN_CREATE, DomainRef.class, Void.class);
    public static final Signature<DomainCreateXmlArgs, DomainRef> DOMAIN_CREATE_XML =
            Signature.of(RemoteProcedure.DOMAIN_CREATE_XML, DomainCreateXmlArgs.class, DomainRef.class);
    public static final Signature<DomainRef, Void> DOMAIN_DESTROY =
            Signature.of(RemoteProcedure.DOMAIN_DESTROY, DomainRef.class, Void.class);
    public static final Signature<DomainRebootArgs, Void> DOMAIN_REBOOT =
            Signature.of(RemoteProcedure.DOMAIN_REBOOT, DomainRebootArgs.class, Void.class);
    public static final Signature<DomainRef, Void> DOMAIN_RESUME =
            Signature.of(RemoteProcedure.DOMAIN_RESUME, DomainRef.class, Void.class);
    public static final Signature<DomainRef, Void> DOMAIN_SHUTDOWN =
            Signature.of(RemoteProcedure.DOMAIN_SHUTDOWN, DomainRef.class, Void.class);
    public static final Signature<DomainRef, Void> DOMAIN_SUSPEND =
            Signature.of(RemoteProcedure.DOMAIN_SUSPEND, DomainRef.class, Void.class);
    public static final Signature<DomainCreateWithFlagsArgs, DomainRef> DOMAIN_CREATE_WITH_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_CREATE_WITH_FLAGS, DomainCreateWithFlagsArgs.class, DomainRef.class);
    public static final Signature<DomainDestroyFlagsArgs, Void> DOMAIN_DESTROY_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_DESTROY_FLAGS, DomainDestroyFlagsArgs.class, Void.class);
    public static final Signature<DomainResetArgs, Void> DOMAIN_RESET =
            Signature.of(RemoteProcedure.DOMAIN_RESET, DomainResetArgs.class, Void.class);
    public static final Signature<DomainShutdownFlagsArgs, Void> DOMAIN_SHUTDOWN_FLAGS =
            Signature.of(RemoteProcedure.DOMAIN_SHUTDOWN_FLAGS, DomainShutdownFlagsArgs.class, Void.class);
    public static final Signature<DomainCreateXmlWithFilesArgs, DomainRef> DOMAIN_CREATE_XML_WITH_FILES = Signature.of(
            RemoteProcedure.DOMAIN_CREATE_XML_WITH_FILES, DomainCreateXmlWithFilesArgs.class, DomainRef.class);
    public static final Signature<DomainCreateWithFilesArgs, DomainRef> DOMAIN_CREATE_WITH_FILES =
            Signature.of(RemoteProcedure.DOMAIN_CREATE_WITH_FILES, DomainCreateWithFilesArgs.class, DomainRef.class);

    public record DomainCreateXmlArgs(String xmlDesc, int flags) {}

    public record DomainRebootArgs(DomainRef dom, int flags) {}

    public record DomainCreateWithFlagsArgs(DomainRef dom, int flags) {}

    public record DomainDestroyFlagsArgs(DomainRef dom, int flags) {}

    public record DomainResetArgs(DomainRef dom, int flags) {}

    public record DomainShutdownFlagsArgs(DomainRef dom, int flags) {}

    public record DomainCreateXmlWithFilesArgs(String xmlDesc, int flags) {}

    public record DomainCreateWithFilesArgs(DomainRef dom, int flags) {}
}
