package io.fairlead.backend.exec;

import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The files of one process that was started in a guest, {@code <run>/exec/<uuid of the guest>/<id>/}. The monitor makes
 * most of them.
 *
 * @param path the monitor's working directory and what it takes for a bundle
 */
record ExecFolder(String id, Path path) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    ExecFolder {
        if (!isId(id)) {
            throw new IllegalArgumentException("id of a process: %s (expected: a uuid)".formatted(id));
        }
    }

    /** @param all the folder of all processes of one guest */
    static ExecFolder in(Path all, String id) {
        return new ExecFolder(id, all.resolve(id));
    }

    static ExecFolder fresh(Path all) {
        return in(all, UUID.randomUUID().toString());
    }

    static boolean isId(String name) {
        return ID.matcher(name).matches();
    }

    Path record() {
        return path.resolve("record.json");
    }

    /** What the runtime reads. */
    Path process() {
        return path.resolve("process.json");
    }

    Path pidFile() {
        return path.resolve("pid");
    }

    /** A FIFO that the monitor makes right after it has begun to listen at its socket (conmon 2.1.6). */
    Path listening() {
        return path.resolve("ctl");
    }

    /** Written by the monitor: the exit status, as text. */
    Path exit() {
        return path.resolve("exit");
    }
}
