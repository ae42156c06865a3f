package io.fairlead.linux.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Starts programs with posix_spawn: a tenth of the time of {@link ProcessBuilder}, which goes through a helper program, and
 * with any descriptors. The child leads a session of its own, so that a terminal's Ctrl-C for this process does not reach it,
 * and has default signal dispositions. Any thread may spawn.
 */
public final class Spawner {
    static {
        Native.register(Spawner.class, "c");
    }

    // bits/spawn.h of glibc, x86_64 and aarch64: 80 and 336 bytes; room to spare.
    private static final int FILE_ACTIONS_BYTES = 128;
    private static final int ATTRIBUTES_BYTES = 512;
    private static final int SIGSET_BYTES = 128;

    private static final short POSIX_SPAWN_SETSIGDEF = 0x04;
    private static final short POSIX_SPAWN_SETSIGMASK = 0x08;
    private static final short POSIX_SPAWN_SETSID = 0x80;
    private static final int O_RDWR = 2;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int WNOHANG = 1;
    private static final int EINTR = 4;
    private static final int ECHILD = 10;
    private static final int SIGNALLED = 128;

    private Spawner() {}

    /**
     * Starts the command and returns its pid. The child must be reaped with {@link #waitFor} or {@link #reap}.
     *
     * @throws IOException with the reason, also when the program cannot be executed
     */
    public static int spawn(Command command) throws IOException {
        List<Integer> copies = new ArrayList<>();
        Pointer actions = new Memory(FILE_ACTIONS_BYTES);
        Pointer attributes = new Memory(ATTRIBUTES_BYTES);
        check(posix_spawn_file_actions_init(actions), command);
        check(posix_spawnattr_init(attributes), command);
        try {
            addDescriptors(command, actions, copies);
            check(
                    posix_spawn_file_actions_addchdir_np(
                            actions, command.directory().toString()),
                    command);
            addAttributes(attributes, command);
            IntByReference pid = new IntByReference();
            String[] environment = command.environment().entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toArray(String[]::new);
            check(
                    posix_spawn(
                            pid,
                            command.program().toString(),
                            actions,
                            attributes,
                            new StringArray(command.arguments().toArray(String[]::new), "UTF-8"),
                            new StringArray(environment, "UTF-8")),
                    command);
            return pid.getValue();
        } finally {
            copies.forEach(Spawner::close);
            posix_spawn_file_actions_destroy(actions);
            posix_spawnattr_destroy(attributes);
        }
    }

    /** Waits for a child's end: 0..255 as a shell counts, 128 plus the signal that killed it. -1 if it is no child of ours. */
    public static int waitFor(int pid) {
        return wait(pid, 0).orElse(-1);
    }

    /** Collects a child that has ended, without waiting; empty while it runs. */
    public static OptionalInt reap(int pid) {
        return wait(pid, WNOHANG);
    }

    // The sources move above all targets first: a source may itself be one of the child's numbers.
    private static void addDescriptors(Command command, Pointer actions, List<Integer> copies) throws IOException {
        int count = command.descriptors().size();
        for (int target = 0; target < count; target++) {
            int source = command.descriptors().get(target);
            if (source == Command.NOTHING) {
                check(posix_spawn_file_actions_addopen(actions, target, "/dev/null", O_RDWR, 0), command);
                continue;
            }
            try {
                int copy = fcntl(source, F_DUPFD_CLOEXEC, count);
                copies.add(copy);
                check(posix_spawn_file_actions_adddup2(actions, copy, target), command);
            } catch (LastErrorException e) {
                throw new IOException("cannot pass descriptor %d to %s".formatted(source, command.program()), e);
            }
        }
        check(posix_spawn_file_actions_addclosefrom_np(actions, count), command);
    }

    private static void addAttributes(Pointer attributes, Command command) throws IOException {
        Memory none = new Memory(SIGSET_BYTES);
        none.clear();
        Memory all = new Memory(SIGSET_BYTES);
        check(sigfillset(all), command);
        check(posix_spawnattr_setsigmask(attributes, none), command);
        check(posix_spawnattr_setsigdefault(attributes, all), command);
        short flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
        check(posix_spawnattr_setflags(attributes, flags), command);
    }

    private static OptionalInt wait(int pid, int options) {
        IntByReference status = new IntByReference();
        while (true) {
            try {
                int found = waitpid(pid, status, options);
                return found == 0 ? OptionalInt.empty() : OptionalInt.of(shellStatus(status.getValue()));
            } catch (LastErrorException e) {
                if (e.getErrorCode() == ECHILD) {
                    return OptionalInt.of(-1);
                }
                if (e.getErrorCode() != EINTR) {
                    throw e;
                }
            }
        }
    }

    private static int shellStatus(int waitStatus) {
        int signal = waitStatus & 0x7f;
        return signal == 0 ? (waitStatus >> 8) & 0xff : SIGNALLED + signal;
    }

    // posix_spawn and its family return the error number and leave errno alone.
    private static void check(int error, Command command) throws IOException {
        if (error != 0) {
            throw new IOException("cannot execute %s: %s".formatted(command.program(), strerror(error)));
        }
    }

    private static native String strerror(int error);

    private static native int posix_spawn(
            IntByReference pid, String path, Pointer actions, Pointer attributes, Pointer argv, Pointer envp);

    private static native int posix_spawn_file_actions_init(Pointer actions);

    private static native int posix_spawn_file_actions_destroy(Pointer actions);

    private static native int posix_spawn_file_actions_addopen(
            Pointer actions, int target, String path, int flags, int mode);

    private static native int posix_spawn_file_actions_adddup2(Pointer actions, int source, int target);

    private static native int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

    private static native int posix_spawn_file_actions_addchdir_np(Pointer actions, String path);

    private static native int posix_spawnattr_init(Pointer attributes);

    private static native int posix_spawnattr_destroy(Pointer attributes);

    private static native int posix_spawnattr_setflags(Pointer attributes, short flags);

    private static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer set);

    private static native int posix_spawnattr_setsigdefault(Pointer attributes, Pointer set);

    private static native int sigfillset(Pointer set);

    private static native int waitpid(int pid, IntByReference status, int options) throws LastErrorException;

    private static native int fcntl(int descriptor, int command, int argument) throws LastErrorException;

    private static native int close(int descriptor);
}
