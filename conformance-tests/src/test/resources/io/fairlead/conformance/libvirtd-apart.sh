#!/bin/sh
# Runs libvirt's own daemon apart from the machine's: own mounts, links, processes and cgroups.
#   oracle.sh DIR ID            sockets in DIR/run; cgroups below fairlead-oracle-ID
set -eu

if [ "$1" != inside ]; then
  for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
    [ -w "$hierarchy/cgroup.procs" ] || continue
    # The empty cgroup2 of a hybrid host carries no controller.
    [ "$hierarchy" != /sys/fs/cgroup/unified ] || continue
    group=$hierarchy/fairlead-oracle-$2
    mkdir "$group"
    if [ -f "$group/cpuset.cpus" ] && [ -f "$group/cgroup.clone_children" ]; then
      # A v1 cpuset takes no process before it has both.
      cat "$hierarchy/cpuset.cpus" > "$group/cpuset.cpus"
      cat "$hierarchy/cpuset.mems" > "$group/cpuset.mems"
    fi
    echo $$ > "$group/cgroup.procs"
  done
  exec unshare --mount --net --cgroup --pid --fork --kill-child --mount-proc "$0" inside "$1"
fi

dir=$2
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  mount -t sysfs sysfs /sys
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
else
  for stale in /sys/fs/cgroup/unified /sys/fs/cgroup/*/; do umount "$stale" 2>/dev/null || true; done
  layout=$(cd /sys/fs/cgroup && for name in *; do [ "$name" = unified ] || echo "$name"; done)
  mount -t sysfs sysfs /sys
  mount -t tmpfs tmpfs /sys/fs/cgroup
  for name in $layout; do
    mkdir "/sys/fs/cgroup/$name"
    options=$name
    [ "$name" != systemd ] || options=none,name=systemd
    mount -t cgroup -o "$options" cgroup "/sys/fs/cgroup/$name"
  done
fi
mkdir -p /run/libvirt
mount -t tmpfs tmpfs /run/libvirt
# On disk, as the daemon it is compared with: a definition on tmpfs costs nothing to write.
for path in /var/lib/libvirt /var/log/libvirt /var/cache/libvirt /etc/libvirt; do
  mkdir -p "$path" "$dir/disk$path"
  mount --bind "$dir/disk$path" "$path"
done
ip link set lo up

# Without the QEMU driver, whose user may be missing and which tests nothing here.
mkdir -p "$dir/drivers" "$dir/run"
for driver in network nwfilter interface nodedev secret storage lxc; do
  ln -sf /usr/lib/*/libvirt/connection-driver/libvirt_driver_$driver.so "$dir/drivers/"
done
cat > "$dir/libvirtd.conf" <<CONF
auth_unix_rw = "none"
auth_unix_ro = "none"
unix_sock_ro_perms = "0777"
unix_sock_rw_perms = "0777"
unix_sock_dir = "$dir/run"
log_outputs = "3:file:$dir/libvirtd.log"
max_clients = 5000
CONF
LIBVIRT_DRIVER_DIR=$dir/drivers libvirtd -f "$dir/libvirtd.conf" -p "$dir/run/libvirtd.pid" &
# The shell stays as process 1: it reaps the monitors that libvirtd leaves to init.
wait $!
