package io.fairlead.backend.exec;

import io.fairlead.core.backend.ExecExit;
import java.util.regex.Pattern;

/**
 * What the runtime's message says about a command that it could not execute. Neither crun nor runc tells it in another
 * way.
 */
final class StartFailure {
    private static final Pattern DIRECTORY = Pattern.compile("(?i)\\bchdir\\b|\\bcwd\\b");
    private static final Pattern MISSING = Pattern.compile("(?i)not found|no such file");
    private static final Pattern FORBIDDEN =
            Pattern.compile("(?i)permission denied|is a directory|exec format error|not a directory");
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
        if (DIRECTORY.matcher(message).find() || FORBIDDEN.matcher(message).find()) {
            return ExecExit.NOT_EXECUTABLE;
        }
        return MISSING.matcher(message).find() ? ExecExit.NOT_FOUND : ExecExit.UNKNOWN;
    }

    static String words(String message) {
        return PREFIX.matcher(message).replaceFirst("");
    }
}
