package io.fairlead.backend.launch;

import java.nio.file.Path;
import java.util.UUID;

/**
 * The files of one guest, {@code <run>/guests/<uuid>/}: ours, and those that monitor and runtime leave there.
 *
 * @param id the name that runtime and monitor know it by: the uuid, or that of the {@link StandbyMonitor} it was made with
 * @param path the bundle, and the monitor's working directory
 * @param states the runtime's state directory for all guests
 */
record GuestFolder(UUID uuid, String id, Path path, Path states) {
    static final String RECORD = "record.json";
    /** Leads to the folder of the console's log. */
    static final String LOG_LINK = "log";

    static GuestFolder of(Path runDirectory, UUID uuid) {
        String id = uuid.toString();
        return new GuestFolder(uuid, id, guests(runDirectory).resolve(id), states(runDirectory));
    }

    /** Of a monitor that waits for a guest. @param id a uuid's text */
    static GuestFolder standby(Path runDirectory, String id) {
        return new GuestFolder(UUID.fromString(id), id, standbys(runDirectory).resolve(id), states(runDirectory));
    }

    /** The same folder, of a guest that runtime and monitor know by this name; null for the uuid. */
    GuestFolder knownAs(String name) {
        return new GuestFolder(uuid, name == null ? uuid.toString() : name, path, states);
    }

    private static Path states(Path runDirectory) {
        return runDirectory.resolve("runtime");
    }

    static Path standbys(Path runDirectory) {
        return runDirectory.resolve("standby");
    }

    /** What leads a monitor that was on standby from the path it knows to the guest's folder. */
    Path standbyLink() {
        return standbys(states.getParent()).resolve(id);
    }

    static Path guests(Path runDirectory) {
        return runDirectory.resolve("guests");
    }

    Path record() {
        return path.resolve(RECORD);
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
