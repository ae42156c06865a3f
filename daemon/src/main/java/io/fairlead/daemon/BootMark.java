package io.fairlead.daemon;

import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Records that autostart is done in this boot of the host. A restart of the daemon then does not start domains
 * that were stopped since. libvirt's drivers do the same.
 */
final class BootMark {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path file;

    /** @param run the instance's run folder; it may outlive a boot, so the file contains the boot's id */
    BootMark(Path run) {
        this.file = run.resolve("autostarted");
    }

    boolean isSet() throws IOException {
        return Files.exists(file) && Files.readString(file).strip().equals(KernelFile.readTrimmed(BOOT_ID));
    }

    void set() throws IOException {
        Files.writeString(file, KernelFile.readTrimmed(BOOT_ID) + "\n");
    }
}
