package io.fairlead.backend.exec;

import io.fairlead.core.backend.ExecExit;
import java.util.regex.Pattern;

/**
 * What the runtime's message says about a command that it could not execute. Neither crun nor runc tells it in another
 * way.
 */
final class StartFailure {
    private static final Pattern DIRECTORY = Pattern.compile("(?i)\\bchdir\\b");
    /** Messages about the command, and not about the container or the runtime, begin so. */
    private static final Pattern COMMAND = Pattern.compile("executable file |open executable|exec: |exec /|stat ");

    private static final Pattern MISSING = Pattern.compile("(?i)not found|no such file");
    /** runc puts this in front of the cause. */
    private static final Pattern PREFIX =
            Pattern.compile("^(runc )?exec failed: (unable to start container process: )?");

    private StartFailure() {}

    /**
     * The status that a shell would give, or -1 if the message is about something other than the command.
     *
     * @param message as the runtime wrote it
     */
    static int status(String message) {
        String words = words(message);
        if (DIRECTORY.matcher(words).find()) {
            return ExecExit.NOT_EXECUTABLE;
        }
        if (!COMMAND.matcher(words).lookingAt()) {
            return ExecExit.UNKNOWN;
        }
        return MISSING.matcher(words).find() ? ExecExit.NOT_FOUND : ExecExit.NOT_EXECUTABLE;
    }

    static String words(String message) {
        return PREFIX.matcher(message).replaceFirst("");
    }
}
