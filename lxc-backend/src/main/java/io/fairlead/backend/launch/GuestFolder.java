package io.fairlead.backend.launch;

import java.nio.file.Path;
import java.util.UUID;

/**
 * The files of one guest, {@code <run>/guests/<uuid>/}: ours, and those that monitor and runtime leave there.
 *
 * @param path the bundle, and the monitor's working directory
 * @param states the runtime's state directory for all guests
 */
record GuestFolder(UUID uuid, Path path, Path states) {
    /** Leads to the folder of the console's log. */
    static final String LOG_LINK = "log";

    static GuestFolder of(Path runDirectory, UUID uuid) {
        return new GuestFolder(uuid, guests(runDirectory).resolve(uuid.toString()), runDirectory.resolve("runtime"));
    }

    static Path guests(Path runDirectory) {
        return runDirectory.resolve("guests");
    }

    /** The name that runtime and monitor know it by. */
    String id() {
        return uuid.toString();
    }

    Path record() {
        return path.resolve("record.json");
    }

    Path logLink() {
        return path.resolve(LOG_LINK);
    }

    Path liveDefinition() {
        return path.resolve("live.xml");
    }

    Path config() {
        return path.resolve("config.json");
    }

    /** Where root trees that are not plain folders get mounted until the runtime has taken them over. */
    Path root() {
        return path.resolve("root");
    }

    Path initPidFile() {
        return path.resolve("init.pid");
    }

    /** Written by the monitor: the exit status of init, as text. */
    Path exit() {
        return path.resolve("exit");
    }

    Path attachSocket() {
        return path.resolve("attach");
    }

    /** The runtime's own folder for this guest. */
    Path state() {
        return states.resolve(id());
    }

    /** Init waits behind it until it may run the guest's first program. */
    Path startGate() {
        return state().resolve("exec.fifo");
    }
}
