package io.fairlead.daemon;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Parses the usual command line of a daemon without picocli. The format of picocli's classes is too old for the class
 * archive: loading and verifying them took a third of the time from exec to ready. Only
 * {@code daemon [--root DIR] [--config FILE]} is read here. All other command lines are left to picocli, which also
 * explains mistakes.
 */
final class PlainDaemonArguments {
    private Path root;
    private Path file;

    private PlainDaemonArguments() {}

    /** Returns empty for a command line that picocli must read. */
    static Optional<InstanceChoice> parse(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("daemon")) {
            return Optional.empty();
        }
        PlainDaemonArguments plain = new PlainDaemonArguments();
        for (int i = 1; i < arguments.length; i++) {
            String[] option = arguments[i].split("=", 2);
            if (option.length == 1 && ++i == arguments.length) {
                return Optional.empty();
            }
            if (!plain.take(option[0], option.length == 2 ? option[1] : arguments[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(new InstanceChoice(plain.root, plain.file));
    }

    private boolean take(String option, String value) {
        if (value.isEmpty() || "-@\"'".indexOf(value.charAt(0)) >= 0 || value.indexOf('\0') >= 0) {
            return false;
        }
        if (option.equals("--root") && root == null) {
            root = Path.of(value);
            return true;
        }
        if (option.equals("--config") && file == null) {
            file = Path.of(value);
            return true;
        }
        return false;
    }
}
