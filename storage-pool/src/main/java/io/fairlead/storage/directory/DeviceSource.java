package io.fairlead.storage.directory;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.mount.FileSystemType;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.mount.OwnMounts;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.LoopRivals;
import io.fairlead.storage.driver.PoolDriver.Build;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.thin.BlockContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code fs}: a file system on a block device. */
final class DeviceSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSource.class);
    private static final Path KERNEL_QUOTA = Path.of("/proc/sys/fs/quota");

    @Override
    public String type() {
        return "fs";
    }

    @Override
    public boolean mounts() {
        return true;
    }

    @Override
    public void check(PoolSpec spec) {
        if (spec.source().devices().size() != 1) {
            throw StorageErrors.of(
                    ErrorCode.INTERNAL_ERROR,
                    spec.source().devices().isEmpty()
                            ? "missing source device"
                            : "expected exactly 1 device for the storage pool");
        }
    }

    /** Formats only when the build says how to treat existing content, as libvirt does. */
    @Override
    public void build(PoolSpec spec, Build build) {
        if (build == Build.PLAIN) {
            return;
        }
        Path device = spec.source().devices().get(0);
        String format = spec.source().format().orElse("auto");
        if (!format.matches("ext[234]|xfs|btrfs|vfat")) {
            throw StorageErrors.of(
                    ErrorCode.CONFIG_UNSUPPORTED,
                    "cannot make a file system of type '%s' on %s".formatted(format, device));
        }
        try {
            LoopRivals.requireNone(device);
            if (build == Build.NO_OVERWRITE) {
                requireUnused(device, format);
            }
            List<String> command = new ArrayList<>(List.of("mkfs." + format));
            command.add(format.startsWith("ext") ? "-F" : format.equals("vfat") ? "-I" : "-f");
            command.add(device.toString());
            if (!format.equals("ext4") || !withQuota(command, device)) {
                Command.of(command).run().orThrow();
            }
        } catch (IOException e) {
            throw StorageErrors.failed("format %s".formatted(device), e);
        }
    }

    /**
     * False if this kernel could not write to it: it takes CONFIG_QUOTA, which can be seen, and CONFIG_QFMT_V2, which
     * cannot.
     */
    private static boolean withQuota(List<String> command, Path device) throws IOException {
        if (!Files.exists(KERNEL_QUOTA)) {
            return false;
        }
        List<String> more = new ArrayList<>(command);
        more.addAll(1, List.of("-O", "quota,project"));
        Command.of(more).run().orThrow();
        Path trial = Files.createTempDirectory("fairlead-trial-");
        try {
            mount(device, trial, "ext4", "");
            Mounts.unmount(trial);
            return true;
        } catch (ErrnoException e) {
            LOG.info("no quota of projects in an ext4 on {}: {}", device, e.getMessage());
            return false;
        } finally {
            Files.delete(trial);
        }
    }

    /** In libvirt's words where it looks for the same. */
    private static void requireUnused(Path device, String format) throws IOException {
        Optional<FileSystemType> found = FileSystemType.probe(device);
        Optional<String> owner = BlockContent.owner(device);
        if (found.isPresent()) {
            throw StorageErrors.of(
                    ErrorCode.STORAGE_POOL_BUILT,
                    found.get().kernelName().equals(format)
                            ? "Device '%s' already formatted using '%s'".formatted(device, format)
                            : "Format of device '%s' does not match the expected format '%s', forced overwrite is necessary"
                                    .formatted(device, format));
        }
        if (owner.isPresent()) {
            throw StorageErrors.of(
                    ErrorCode.STORAGE_POOL_BUILT,
                    "Device '%s' holds %s, forced overwrite is necessary".formatted(device, owner.get()));
        }
    }

    @Override
    public boolean mount(PoolSpec spec, Path target) throws IOException {
        if (MountTable.own().at(target).isPresent()) {
            return false;
        }
        Path device = spec.source().devices().get(0);
        LoopRivals.requireNone(device);
        String format = spec.source().format().orElse("auto");
        if (format.equals("auto")) {
            format = FileSystemType.probe(device)
                    .map(FileSystemType::kernelName)
                    .orElseThrow(() -> new IOException("no file system that is known here on " + device));
        }
        try {
            List<String> options = spec.source().mountOptions();
            if (options.isEmpty()) {
                mountWithQuota(device, target, format);
            } else {
                mountWith(options, device, target, format);
            }
        } catch (ErrnoException e) {
            String holds = BlockContent.owner(device).orElse("nothing that is known here");
            throw new IOException("%s; it is to be %s and holds %s".formatted(e.getMessage(), format, holds), e);
        }
        return true;
    }

    /** By the mount program, which tells options of the file system from flags of the system call. */
    private static void mountWith(List<String> options, Path device, Path target, String format) throws IOException {
        String all = "nodev," + String.join(",", options);
        Command.of("mount", "-o", all, "-t", format, device.toString(), target.toString())
                .run()
                .orThrow();
        OwnMounts.made(target);
    }

    private static void mountWithQuota(Path device, Path target, String format) throws ErrnoException {
        if (Set.of("ext4", "xfs").contains(format)) {
            try {
                mount(device, target, format, "prjquota");
                return;
            } catch (ErrnoException e) {
                LOG.debug("{} has no quota of projects: its trees have no sizes", device, e);
            }
        }
        mount(device, target, format, "");
    }

    /** Not noexec and nosuid, which libvirt sets for images of machines: containers run programs from here. */
    private static void mount(Path device, Path target, String format, String options) throws ErrnoException {
        Mounts.mount(device.toString(), target, format, Set.of(MountFlag.NO_DEVICES), options);
    }
}
