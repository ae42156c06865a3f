package io.fairlead.backend.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.linux.process.CommandLine;
import io.fairlead.linux.process.ProcessId;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Arguments of the monitor that show the name of a running guest while the daemon is down. They look like those of
 * libvirt's own monitor, {@code libvirt_lxc ... -name NAME }, with a blank at the end. Cluster managers look for them
 * among all processes (VirtualDomain of resource-agents 4.12). The monitor does not read them, because they come after
 * {@code --}.
 */
final class MonitorTitle {
    private static final Logger log = LoggerFactory.getLogger(MonitorTitle.class);
    /** A domain's name is also a file name, which has at most 255 bytes. */
    private static final int BYTES = 256;

    /** The title of a monitor on standby; no domain can have this name. */
    static final String OF_NO_GUEST = padded("/");

    private MonitorTitle() {}

    static String of(String name) {
        return padded(name);
    }

    static List<String> arguments(String title) {
        return List.of("--", "libvirt_lxc", "-name", title);
    }

    /** Renames a monitor that was on standby and now belongs to a guest. */
    static void change(ProcessId monitor, String name) {
        try {
            CommandLine.replace(monitor.pid(), OF_NO_GUEST, padded(name));
        } catch (IOException e) {
            log.warn("domain {}: its monitor does not tell its name, which a cluster manager may look for", name, e);
        }
    }

    private static String padded(String name) {
        return name + " ".repeat(Math.max(1, BYTES - name.getBytes(UTF_8).length));
    }
}
