package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.Disk;
import io.fairlead.core.backend.Stdio;
import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.mount.HostMounts;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Resources of the host that must stay open until a guest's runtime and monitor have taken them over. These are loop
 * devices, which detach by themselves once no process has them open, and the tree that is mounted for the guest.
 */
public final class Bundle implements AutoCloseable {
    private final List<LoopDevice> loops = new ArrayList<>();
    private final Map<Disk, Path> disks = new LinkedHashMap<>();
    private final List<Fd> heldDisks = new ArrayList<>();
    private final List<Fd> held = new ArrayList<>();
    private final GuestPlan plan;
    private final HostMounts host;
    private final Executor later;
    private GuestTree tree;
    private Set<MountFlag> lostRootFlags = Set.of();
    private boolean handedOver;

    /** @param later runs work that no caller waits for */
    Bundle(GuestPlan plan, HostMounts host, Executor later) {
        this.plan = plan;
        this.host = host;
        this.later = later;
    }

    GuestPlan plan() {
        return plan;
    }

    /** The standard streams of init. */
    public Stdio stdio() {
        return plan.stdio();
    }

    /** Descriptors that must stay open as long as the guest runs: those of disks in files. */
    public List<Integer> heldByMonitor() {
        return heldDisks.stream().map(Fd::number).toList();
    }

    /**
     * Whether there is a terminal, and /dev is the runtime's own and may get a link to it. In a user namespace the
     * folder belongs to users that this daemon cannot act for.
     */
    public boolean linksTerminal() {
        return plan.stdio().isTerminal()
                && !plan.users().mapped()
                && plan.filesystems().stream()
                        .noneMatch(filesystem -> filesystem.target().matches("/dev(/tty1)?/*"));
    }

    /** The host's user that is the guest's root and owns the guest's groups; empty if that is the host's own root. */
    public OptionalLong rootUser() {
        return hostId(plan.users().userIds());
    }

    /** As {@link #rootUser}; 0 if the guest's group 0 is the host's. */
    public long rootGroup() {
        return hostId(plan.users().groupIds()).orElse(0);
    }

    private static OptionalLong hostId(List<GuestPlan.IdRange> ranges) {
        return ranges.stream()
                .filter(range -> range.start() == 0 && range.count() > 0)
                .mapToLong(GuestPlan.IdRange::target)
                .findFirst();
    }

    /** Attaches a file of the host to a loop device. */
    Path attach(Path file, boolean readOnly) throws IOException {
        try (Fd backing = host.open(file, readOnly ? OpenFlags.O_RDONLY : OpenFlags.O_RDWR)) {
            LoopDevice loop = LoopDevices.attach(backing, file, readOnly);
            loops.add(loop);
            return loop.node();
        } catch (ErrnoException e) {
            throw new IOException(
                    "cannot open its file %s%s: %s".formatted(file, readOnly ? "" : " for writing", e.words()), e);
        }
    }

    void attachDisks() throws IOException {
        for (Disk disk : plan.disks()) {
            Path source = Path.of(disk.source());
            Path device = source;
            if (disk.file()) {
                device = attach(source, disk.readOnly());
                heldDisks.add(Fd.open(device, disk.readOnly() ? OpenFlags.O_RDONLY : OpenFlags.O_RDWR));
            }
            disks.put(disk, device);
        }
    }

    /** Each disk with its block device. */
    Map<Disk, Path> disks() {
        return disks;
    }

    void treeIs(GuestTree made, Set<MountFlag> lost) {
        tree = made;
        lostRootFlags = Set.copyOf(lost);
    }

    /** The flags of the root's mount that the runtime drops. They must be set again before init's first instruction. */
    public Set<MountFlag> lostRootFlags() {
        return lostRootFlags;
    }

    /** Completes a runtime's error message with details that it leaves out. @param runtime the runtime's name */
    public String explain(String runtime, String words) {
        return RuntimeWords.explain(plan, runtime, words);
    }

    /** Keeps a descriptor, which the bundle owns from now on. @return the path by which the runtime reaches it */
    String hold(Fd file) {
        held.add(file);
        return "/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), file.number());
    }

    /** The runtime has made the guest: from now on, closing this does not undo the launch. */
    public void handOver() {
        handedOver = true;
    }

    /** Closes every descriptor, but undoes nothing: that is for the next daemon. */
    public void abandon() {
        if (tree != null) {
            tree.close();
            tree = null;
        }
        close();
    }

    /** Releases everything: the runtime and the monitor have their copies, or the launch has failed. */
    @Override
    public void close() {
        held.forEach(Fd::close);
        held.clear();
        heldDisks.forEach(Fd::close);
        heldDisks.clear();
        loops.forEach(LoopDevice::close);
        loops.clear();
        if (tree == null) {
            return;
        }
        if (handedOver) {
            tree.handedOver(later);
        } else {
            tree.discard();
        }
        tree = null;
    }
}
