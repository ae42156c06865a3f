#!/bin/bash
# Process 1 of a User-Mode Linux machine. Its root is the host's own tree, mounted read-only, so that nothing in here can
# harm it; only the scratch folder of the test (SCRATCH, from the kernel's command line) can be written. Loads MODULES
# (separated by commas), runs SCRATCH/command, leaves its status in SCRATCH/status, and powers off.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/run/home TMPDIR=/run/tmp DM_DISABLE_UDEV=1

mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev 2>/dev/null || true # the kernel may have done it
mkdir -p /dev/pts /dev/shm
[[ -e /dev/fd ]] || ln -s /proc/self/fd /dev/fd
mount -t devpts devpts /dev/pts
mount -t tmpfs shm /dev/shm
mount -t tmpfs run /run
mkdir -p /run/home /run/tmp
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t hostfs -o "$SCRATCH" scratch "$SCRATCH" || echo "cannot mount the scratch folder $SCRATCH"
ip link set lo up

# Debian's package has modules, but no index of them where modprobe looks.
version=$(uname -r)
index=/run/modules/lib/modules/$version
mkdir -p "$index"
ln -s "/usr/lib/uml/modules/$version/kernel" "$index/kernel"
cp "/usr/lib/uml/modules/$version"/modules.{order,builtin,builtin.modinfo} "$index/"
depmod -b /run/modules "$version"
modprobe -a -d /run/modules ${MODULES//,/ } || echo "cannot load all of $MODULES"

bash "$SCRATCH/command" </dev/null
echo $? >"$SCRATCH/status"
sync
echo o >/proc/sysrq-trigger
sleep 10 # the kernel is going down; process 1 must not end before it
