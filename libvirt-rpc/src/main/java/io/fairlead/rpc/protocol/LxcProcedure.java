package io.fairlead.rpc.protocol;

/** The procedures of the lxc program (lxc_protocol.x). */
public enum LxcProcedure implements ProcedureId {
    DOMAIN_OPEN_NAMESPACE(1, "virDomainLxcOpenNamespace");

    public static final int PROGRAM = 0x00068000;

    /** Replies with descriptors and no other content. */
    public static final Signature<LxcOpenNamespaceArgs, Void> OPEN_NAMESPACE =
            Signature.of(DOMAIN_OPEN_NAMESPACE, LxcOpenNamespaceArgs.class, Void.class);

    public record LxcOpenNamespaceArgs(DomainRef dom, int flags) {}

    private final int number;
    private final String function;

    LxcProcedure(int number, String function) {
        this.number = number;
        this.function = function;
    }

    @Override
    public int program() {
        return PROGRAM;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public String function() {
        return function;
    }

    @Override
    public boolean needsWriteAccess() {
        return true;
    }

    @Override
    public int errorDomain() {
        return 0; // libvirt-lxc.c reports as VIR_FROM_NONE
    }
}
