#!/bin/bash
# Runs the default instance with run, state and log folders of its own, and calls it by scheme alone. $1: the launcher.
set -euo pipefail
fairlead=$1

mkdir -p /var/lib/fairlead /var/log/fairlead /etc/fairlead
for folder in /run /var/lib/fairlead /var/log/fairlead /etc/fairlead; do
    mount -t tmpfs tmpfs "$folder"
done

daemon=
finish() {
    [[ -z $daemon ]] || { kill "$daemon"; wait "$daemon" || true; }
    rmdir /sys/fs/cgroup/*/fairlead /sys/fs/cgroup/fairlead 2>/dev/null || true
}
trap finish EXIT

start() {
    "$fairlead" daemon > /run/out 2> /run/err &
    daemon=$!
    for _ in $(seq 300); do
        ! grep -qx ready /run/out || return 0
        [[ -e /proc/$daemon ]] || break
        sleep 0.1
    done
    cat /run/out /run/err >&2
    exit 1
}

stop() {
    kill "$daemon"
    wait "$daemon" || true
    daemon=
}

start
echo "lxc:///system: $(virsh -c lxc:///system version | sed -n 's/^Using API: \([A-Za-z]*\).*/\1/p')"
virsh -q -c fairlead:///system list --all && echo "fairlead:///system: served"
virsh -q -r -c lxc:///system list --all && echo "read-only: served"
stop

# Somebody else serves lxc: its socket is not taken, and our own scheme works all the same.
rm -rf /run/libvirt
mkdir -p /run/libvirt
python3 -c '
import socket, time
server = socket.socket(socket.AF_UNIX)
server.bind("/run/libvirt/virtlxcd-sock")
server.listen(5)
open("/run/other-is-ready", "w").close()
time.sleep(60)' &
other=$!
while [[ ! -e /run/other-is-ready ]]; do sleep 0.05; done
before=$(stat -c %i /run/libvirt/virtlxcd-sock)
start
[[ $(stat -c %i /run/libvirt/virtlxcd-sock) == "$before" ]] && echo "a living daemon's socket: left alone"
virsh -q -c fairlead:///system list --all && echo "the other scheme's socket: served"
kill "$other"
stop
