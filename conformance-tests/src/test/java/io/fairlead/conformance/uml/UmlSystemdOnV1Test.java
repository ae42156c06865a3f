package io.fairlead.conformance.uml;

/** As {@link UmlSystemdTest}, with pure cgroup v1 as a systemd of the time mounted it. */
class UmlSystemdOnV1Test extends UmlSystemdTest {
    @Override
    String setUp() {
        return """
                umount /sys/fs/cgroup && mount -t tmpfs cgroup /sys/fs/cgroup
                for controller in cpu,cpuacct cpuset memory devices freezer blkio pids; do
                    mkdir /sys/fs/cgroup/$controller
                    mount -t cgroup -o $controller cgroup /sys/fs/cgroup/$controller || rmdir /sys/fs/cgroup/$controller
                done
                mkdir /sys/fs/cgroup/systemd
                mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd""";
    }
}
