package io.fairlead.backend.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.linux.process.CommandLine;
import io.fairlead.linux.process.ProcessId;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tells the name of a running guest to those who cannot ask the daemon, since it is down: arguments of the monitor that look
 * like those of libvirt's own, {@code libvirt_lxc ... -name NAME }, with a blank behind. Cluster managers look for them among all
 * processes (VirtualDomain of resource-agents 4.12). The monitor does not read them: they stand behind {@code --}.
 */
final class MonitorTitle {
    private static final Logger log = LoggerFactory.getLogger(MonitorTitle.class);
    /** A name is that of a file, which has at most 255 bytes. */
    private static final int BYTES = 256;

    /** Of a monitor on standby: no domain can have the name. */
    static final String OF_NO_GUEST = padded("/");

    private MonitorTitle() {}

    static String of(String name) {
        return padded(name);
    }

    static List<String> arguments(String title) {
        return List.of("--", "libvirt_lxc", "-name", title);
    }

    /** A monitor that was on standby is a guest's from now on. */
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
