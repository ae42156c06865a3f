package io.fairlead.linux.testing;

import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.process.Programs;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.linux.sys.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Something that not every host has. */
public enum HostFeature {
    ROOT {
        @Override
        Optional<String> obstacle() {
            return unless(Libc.getuid() == 0, "it needs root");
        }
    },
    /** v1 controllers, in a hybrid layout or alone. */
    CGROUP_V1 {
        @Override
        Optional<String> obstacle() throws IOException {
            CgroupLayout.Kind kind = CgroupLayout.detect().kind();
            boolean there = kind == CgroupLayout.Kind.V1 || kind == CgroupLayout.Kind.HYBRID;
            return unless(there, "it needs cgroup v1 controllers; this host has " + kind);
        }
    },
    CGROUP_V2 {
        @Override
        Optional<String> obstacle() throws IOException {
            CgroupLayout.Kind kind = CgroupLayout.detect().kind();
            return unless(kind == CgroupLayout.Kind.V2, "it needs pure cgroup v2; this host has " + kind);
        }
    },
    LOOP {
        @Override
        Optional<String> obstacle() {
            return unless(Files.exists(Path.of("/dev/loop-control")), "it needs loop devices");
        }
    },
    OVERLAY {
        @Override
        Optional<String> obstacle() throws IOException {
            return unless(filesystem("overlay"), "it needs the overlay file system");
        }
    },
    BTRFS {
        @Override
        Optional<String> obstacle() throws IOException {
            return unless(filesystem("btrfs"), "it needs btrfs");
        }
    },
    XFS {
        @Override
        Optional<String> obstacle() throws IOException {
            return unless(filesystem("xfs"), "it needs xfs");
        }
    },
    QUOTA {
        @Override
        Optional<String> obstacle() {
            return unless(Files.exists(Path.of("/proc/sys/fs/quota")), "it needs a kernel with quotas");
        }
    },
    USERNS {
        @Override
        Optional<String> obstacle() {
            return unless(Files.exists(Path.of("/proc/self/ns/user")), "it needs user namespaces");
        }
    },
    IPV6 {
        @Override
        Optional<String> obstacle() {
            return unless(Files.exists(Path.of("/proc/net/if_inet6")), "it needs IPv6");
        }
    },
    DEVICE_MAPPER {
        @Override
        Optional<String> obstacle() {
            return unless(Files.exists(Path.of("/dev/mapper/control")), "it needs device-mapper");
        }
    };

    /** Why a test that needs it cannot run here; empty if it can. */
    abstract Optional<String> obstacle() throws IOException;

    static Optional<String> missingProgram(String name) {
        return unless(Programs.find(name).isPresent(), "it needs the program " + name);
    }

    private static boolean filesystem(String name) throws IOException {
        return KernelFile.readLines(Path.of("/proc/filesystems")).stream()
                .anyMatch(line -> line.trim().equals(name) || line.endsWith("\t" + name));
    }

    private static Optional<String> unless(boolean there, String obstacle) {
        return there ? Optional.empty() : Optional.of(obstacle);
    }
}
