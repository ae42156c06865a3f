#!/bin/bash
# Process 1 of a User-Mode Linux whose root is this machine's own tree, read-only. What the cases write lies on tmpfs; the
# report goes out through the folder this script lies in.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/run/home LC_ALL=C.UTF-8
here=$(dirname "$0")
launcher=$(< "$here/launcher")
classpath=$(< "$here/classpath")
classes=$(< "$here/classes")

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /run
mkdir -p /run/home /run/t /run/out /run/tmp /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
ln -s /proc/self/fd /dev/fd
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t hostfs none /run/out -o "$here"
ip link set lo up

# The package has modules without an index, so they are loaded by their files.
for module in loop overlay veth; do
    insmod "$(find /usr/lib/uml/modules -name "$module.ko" | head -n 1)"
done

java="java -XX:+UseSerialGC -Xmx384m -Djava.io.tmpdir=/run/tmp -Djna.tmpdir=/run/tmp"
export FAIRLEAD_BUILD=never FAIRLEAD_JAVA_OPTS="-Djava.io.tmpdir=/run/tmp -Djna.tmpdir=/run/tmp" TMPDIR=/run/tmp
cd /run/tmp
$java -Dfairlead.launcher="$launcher" -Dconformance.scratch=/run/t -Dconformance.servers=fairlead \
    -cp "$classpath" io.fairlead.conformance.uml.CaseRunner /run/out/report $classes
sync
echo o > /proc/sysrq-trigger
sleep 10
