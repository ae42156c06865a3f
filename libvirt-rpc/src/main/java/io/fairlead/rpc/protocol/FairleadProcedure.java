package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.Max;
import io.fairlead.rpc.xdr.Nullable;
import java.util.List;

/**
 * The procedures of Fairlead's own program, for what libvirt's protocol has no call for: processes that are started in
 * a running container, and the log of its output. The program uses libvirt's framing, its errors and its streams; see
 * docs/compat/fairlead.md. Read-only connections may call none of them: arguments and output may be secret.
 *
 * <p>A container is named by its uuid or its name. Times are nanoseconds since 1970 in UTC.
 */
public enum FairleadProcedure implements ProcedureId {
    EXEC(1, "fairleadExec"),
    EXEC_ATTACH(2, "fairleadExecAttach"),
    EXEC_SIGNAL(3, "fairleadExecSignal"),
    EXEC_RESIZE(4, "fairleadExecResize"),
    EXEC_LIST(5, "fairleadExecList"),
    PROCESS_LIST(6, "fairleadProcessList"),
    LOG(7, "fairleadLog");

    /** "Fair" in ASCII; no program of libvirt has such a number. */
    public static final int PROGRAM = 0x46616972;

    public static final int VERSION = 1;

    /** Most arguments of a command, and most variables of its environment. */
    public static final int WORDS = 8192;

    /** Most exec'ed processes of one container in an answer. */
    public static final int EXECS = 4096;

    /** Most processes of one container in an answer. */
    public static final int PROCESSES = 65_536;

    /** Starts a process. Its output, its input and its exit status are the call's stream ({@link StreamPiece}). */
    public static final Signature<ExecArgs, ExecRet> CALL_EXEC = Signature.of(EXEC, ExecArgs.class, ExecRet.class);

    /** The output so far, the later output and the exit status of a process that was started before, as a stream. */
    public static final Signature<ExecRef, ExecRet> CALL_EXEC_ATTACH =
            Signature.of(EXEC_ATTACH, ExecRef.class, ExecRet.class);

    public static final Signature<ExecSignalArgs, Void> CALL_EXEC_SIGNAL =
            Signature.of(EXEC_SIGNAL, ExecSignalArgs.class, Void.class);
    public static final Signature<ExecResizeArgs, Void> CALL_EXEC_RESIZE =
            Signature.of(EXEC_RESIZE, ExecResizeArgs.class, Void.class);
    public static final Signature<ContainerArgs, ExecListRet> CALL_EXEC_LIST =
            Signature.of(EXEC_LIST, ContainerArgs.class, ExecListRet.class);
    public static final Signature<ContainerArgs, ProcessListRet> CALL_PROCESS_LIST =
            Signature.of(PROCESS_LIST, ContainerArgs.class, ProcessListRet.class);

    /** The log of a container's output as a stream of {@link StreamPiece}s, oldest first. */
    public static final Signature<LogArgs, Void> CALL_LOG = Signature.of(LOG, LogArgs.class, Void.class);

    public record ContainerArgs(String container) {}

    /** One exec'ed process. @param id as {@link ExecRet} gave it */
    public record ExecRef(String container, String id) {}

    /**
     * @param terminal whether it gets a terminal
     * @param rows of the terminal; 0 for rows and columns leaves its size unset
     * @param stdin whether the client's pieces are its input; otherwise its input is empty
     * @param user name or number, with a group behind a colon if it is not the user's own; null is root
     * @param environment NAME=VALUE each, in addition to that of the container's init
     * @param directory null for init's
     * @param capabilities null for those of init
     * @param groups numbers of additional groups
     */
    public record ExecArgs(
            String container,
            @Max(WORDS) List<String> command,
            boolean terminal,
            int rows,
            int columns,
            boolean stdin,
            @Nullable String user,
            @Max(WORDS) List<String> environment,
            @Nullable String directory,
            @Nullable CapabilityNames capabilities,
            @Max(WORDS) long[] groups) {}

    /** Kernel names without CAP_, such as NET_ADMIN. */
    public record CapabilityNames(@Max(WORDS) List<String> names) {}

    /**
     * @param id names the process in later calls, also to the next daemon
     * @param pid the host's
     * @param terminal whether it has a terminal
     */
    public record ExecRet(String id, int pid, boolean terminal) {}

    public record ExecSignalArgs(ExecRef exec, int signal) {}

    public record ExecResizeArgs(ExecRef exec, int rows, int columns) {}

    /**
     * @param pid the host's; 0 once it has ended
     * @param status as a shell counts; -1 if it is not known, or while it runs
     */
    public record ExecInfo(
            String id, @Max(WORDS) List<String> command, int pid, boolean running, int status, long started) {}

    public record ExecListRet(@Max(EXECS) List<ExecInfo> execs) {}

    /** @param inside the pid that the container sees; @param outside the host's */
    public record ProcessInfo(int inside, int outside, String command) {}

    public record ProcessListRet(@Max(PROCESSES) List<ProcessInfo> processes) {}

    /**
     * @param since only pieces from this time on; 0 for all
     * @param tail at most so many last lines; -1 for all
     * @param follow go on until the container ends
     */
    public record LogArgs(String container, long since, long tail, boolean follow) {}

    private final int number;
    private final String function;

    FairleadProcedure(int number, String function) {
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
    public boolean needsWriteAccess() {
        return true;
    }

    @Override
    public String function() {
        return function;
    }

    @Override
    public int errorDomain() {
        return 0; // VIR_FROM_NONE: libvirt has no such function
    }
}
