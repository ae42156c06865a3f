package io.fairlead.backend.bundle;

import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A runtime's configuration and what must be held on the host until the runtime has taken it over: loop devices, which
 * detach by themselves once nobody has them open, and a mounted root tree.
 */
public final class Bundle implements AutoCloseable {
    private final List<LoopDevice> loops = new ArrayList<>();
    private final Map<Path, Boolean> mountedInside = new LinkedHashMap<>();
    private final List<Fd> disks = new ArrayList<>();
    private Path mountedRoot;
    private OciSpec spec;
    private boolean linksTerminal;

    Bundle() {}

    public OciSpec spec() {
        return spec;
    }

    /** Descriptors that somebody must hold as long as the guest runs: its disks in files. */
    public List<Integer> heldByMonitor() {
        return disks.stream().map(Fd::number).toList();
    }

    /** Whether /dev is the runtime's own and may get a link to the console's terminal. */
    public boolean linksTerminal() {
        return linksTerminal;
    }

    void complete(OciSpec complete, boolean ownDevices) {
        spec = complete;
        linksTerminal = ownDevices;
    }

    Path attach(Path file, boolean readOnly) throws IOException {
        LoopDevice loop = LoopDevices.attach(file, readOnly);
        loops.add(loop);
        return loop.node();
    }

    Path attachDisk(Path file, boolean readOnly) throws IOException {
        Path node = attach(file, readOnly);
        disks.add(Fd.open(node, readOnly ? OpenFlags.O_RDONLY : OpenFlags.O_RDWR));
        return node;
    }

    /** The runtime mounts this device from within the guest's devices group, which must let it. */
    void mountInside(Path device, boolean readOnly) {
        mountedInside.put(device, readOnly);
    }

    Map<Path, Boolean> mountedInside() {
        return mountedInside;
    }

    void rootMounted(Path path) {
        mountedRoot = path;
    }

    /** Lets go of everything: the runtime and the monitor have what they need, or the launch has failed. */
    @Override
    public void close() throws IOException {
        disks.forEach(Fd::close);
        disks.clear();
        loops.forEach(LoopDevice::close);
        loops.clear();
        if (mountedRoot != null) {
            // The runtime's mount namespace has its own copy, so this one is not in use.
            Mounts.detach(mountedRoot);
            Files.deleteIfExists(mountedRoot);
            mountedRoot = null;
        }
    }
}
