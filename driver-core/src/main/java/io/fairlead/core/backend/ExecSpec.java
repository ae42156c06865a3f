package io.fairlead.core.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.util.List;
import java.util.Set;

/**
 * A process to start in a running guest. Everything that is null is as with the guest's init.
 *
 * @param command program and arguments; a program without a slash is looked for on the PATH of the environment
 * @param user name or number, with a group behind a colon if it is not the user's own; null is the guest's root. Names
 *     are looked up in the guest's own files
 * @param groups numbers of groups in addition to those that the guest's files give to the user
 * @param environment NAME=VALUE each, in addition to that of init; the last one of a name counts
 * @param directory absolute; null for init's
 * @param capabilities kernel names without CAP_, such as NET_ADMIN; null for those of init
 */
public record ExecSpec(
        List<String> command,
        Stdio stdio,
        String user,
        Set<Long> groups,
        List<String> environment,
        String directory,
        Set<String> capabilities) {
    /** All words of command and environment together; the kernel itself would take more (execve(2)). */
    public static final int BYTES_MAX = 512 * 1024;

    /** One word of an execve: MAX_ARG_STRLEN of the kernel, less the end. */
    public static final int WORD_BYTES_MAX = 128 * 1024 - 1;

    private static final long GROUP_MAX = 0xfffffffeL;
    private static final int USER_CHARS_MAX = 256;
    private static final int DIRECTORY_CHARS_MAX = 4095;

    /** @throws EngineException INVALID_ARG for a value that no process can have */
    public ExecSpec {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        groups = Set.copyOf(groups);
        capabilities = capabilities == null ? null : Set.copyOf(capabilities);
        requireNonNull(stdio, "stdio");
        require(!command.isEmpty() && !command.get(0).isEmpty(), "the command is empty");
        requireWords(command, environment);
        for (String variable : environment) {
            require(variable.indexOf('=') > 0, "environment: '%s' (expected: NAME=VALUE)", variable);
        }
        for (long group : groups) {
            require(group >= 0 && group <= GROUP_MAX, "group: %d (expected: 0..%d)", group, GROUP_MAX);
        }
        boolean named = user == null || !user.isEmpty() && user.length() <= USER_CHARS_MAX && isText(user);
        require(named, "user: '%s' (expected: a name or a number)", user);
        boolean placed = directory == null
                || directory.startsWith("/") && directory.length() <= DIRECTORY_CHARS_MAX && isText(directory);
        require(placed, "directory: '%s' (expected: an absolute path)", directory);
        if (capabilities != null) {
            for (String name : capabilities) {
                require(name.matches("[A-Z][A-Z_]{0,62}"), "capability: '%s' (expected: a name such as CHOWN)", name);
            }
        }
    }

    /** A command that runs as the guest's root, with everything else as with init. */
    public static ExecSpec of(Stdio stdio, String... command) {
        return new ExecSpec(List.of(command), stdio, null, Set.of(), List.of(), null, null);
    }

    public ExecSpec as(String other) {
        return new ExecSpec(command, stdio, other, groups, environment, directory, capabilities);
    }

    public ExecSpec in(String other) {
        return new ExecSpec(command, stdio, user, groups, environment, other, capabilities);
    }

    public ExecSpec with(String... variables) {
        return new ExecSpec(command, stdio, user, groups, List.of(variables), directory, capabilities);
    }

    public ExecSpec withGroups(Long... others) {
        return new ExecSpec(command, stdio, user, Set.of(others), environment, directory, capabilities);
    }

    public ExecSpec withCapabilities(String... others) {
        return new ExecSpec(command, stdio, user, groups, environment, directory, Set.of(others));
    }

    private static void requireWords(List<String> command, List<String> environment) {
        long total = 0;
        for (List<String> words : List.of(command, environment)) {
            for (String word : words) {
                int bytes = word.getBytes(UTF_8).length;
                require(isText(word), "a word of command or environment contains a NUL");
                require(
                        bytes <= WORD_BYTES_MAX,
                        "a word of command or environment has %d bytes (expected: at most %d)",
                        bytes,
                        WORD_BYTES_MAX);
                total += bytes + 1;
            }
        }
        require(total <= BYTES_MAX, "command and environment have %d bytes (expected: at most %d)", total, BYTES_MAX);
    }

    private static boolean isText(String word) {
        return word.indexOf('\0') < 0;
    }

    private static void require(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new EngineException(ErrorCode.INVALID_ARG, "cannot start a process: " + message.formatted(values));
        }
    }
}
