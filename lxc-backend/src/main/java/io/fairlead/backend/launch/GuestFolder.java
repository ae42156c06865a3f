package io.fairlead.backend.launch;

import java.nio.file.Path;
import java.util.UUID;

/**
 * The files of one guest, {@code <run>/guests/<uuid>/}: those of this back end, and those that monitor and runtime
 * leave there.
 *
 * @param id the guest's name for runtime and monitor: the uuid, or the name of the {@link StandbyMonitor} that launched
 *     it
 * @param path the bundle, and the monitor's working directory
 * @param states the runtime's state directory for all guests
 */
record GuestFolder(UUID uuid, String id, Path path, Path states) {
    static final String RECORD = "record.json";
    /** A link to the folder of the console's log. */
    static final String LOG_LINK = "log";

    static GuestFolder of(Path runDirectory, UUID uuid) {
        String id = uuid.toString();
        return new GuestFolder(uuid, id, guests(runDirectory).resolve(id), states(runDirectory));
    }

    /** The folder of a monitor that waits for a guest. @param id a uuid's text */
    static GuestFolder standby(Path runDirectory, String id) {
        return new GuestFolder(UUID.fromString(id), id, standbys(runDirectory).resolve(id), states(runDirectory));
    }

    /** The same folder, with the guest's name for runtime and monitor; null for the uuid. */
    GuestFolder knownAs(String name) {
        return new GuestFolder(uuid, name == null ? uuid.toString() : name, path, states);
    }

    static Path states(Path runDirectory) {
        return runDirectory.resolve("runtime");
    }

    static Path standbys(Path runDirectory) {
        return runDirectory.resolve("standby");
    }

    /** The link that leads a former standby monitor from its old path to the guest's folder. */
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

    /** The mount point of root trees that are not plain folders, until the runtime has taken them over. */
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

    /** The FIFO at which init waits until it may run the guest's first program. */
    Path startGate() {
        return state().resolve("exec.fifo");
    }
}
