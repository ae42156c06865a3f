package io.fairlead.rpc.protocol;

/**
 * The procedures of the qemu program that a client may call (qemu_protocol.x). A server for containers refuses them
 * all, by name.
 */
public enum QemuProcedure implements ProcedureId {
    DOMAIN_MONITOR_COMMAND(1, "virDomainQemuMonitorCommand", true),
    DOMAIN_ATTACH(2, "virDomainQemuAttach", true),
    DOMAIN_AGENT_COMMAND(3, "virDomainQemuAgentCommand", true),
    CONNECT_DOMAIN_MONITOR_EVENT_REGISTER(4, "virConnectDomainQemuMonitorEventRegister", false),
    CONNECT_DOMAIN_MONITOR_EVENT_DEREGISTER(5, "virConnectDomainQemuMonitorEventDeregister", false),
    DOMAIN_MONITOR_COMMAND_WITH_FILES(7, "virDomainQemuMonitorCommandWithFiles", true);

    public static final int PROGRAM = 0x20008087;

    private final int number;
    private final String function;
    private final boolean writes;

    QemuProcedure(int number, String function, boolean writes) {
        this.number = number;
        this.function = function;
        this.writes = writes;
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
        return writes;
    }

    @Override
    public int errorDomain() {
        return 0; // libvirt-qemu.c reports as VIR_FROM_NONE
    }
}
