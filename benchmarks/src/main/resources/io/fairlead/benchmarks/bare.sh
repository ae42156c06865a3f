#!/bin/bash
# Starts containers with nothing but crun, from several shells at once: bare.sh DIR ROOT COUNT SHELLS
# Prints how many milliseconds that took, and removes them. Its files are in DIR, its control groups below /fairlead-bare.
set -euo pipefail

if [[ $1 != inside ]]; then
    exec unshare --mount --propagation slave bash "$0" inside "$@"
fi
dir=$2 root=$3 count=$4 shells=$5
# crun refuses hosts that have v2 beside v1, as the launcher of the daemon knows.
if [[ -e /sys/fs/cgroup/unified/cgroup.controllers ]] && mountpoint -q /sys/fs/cgroup/memory; then
    umount /sys/fs/cgroup/unified
fi
rm -rf "$dir"
mkdir -p "$dir"
cd "$dir"

for ((i = 0; i < count; i++)); do
    mkdir "$dir/$i"
    cat >"$dir/$i/config.json" <<JSON
{"ociVersion": "1.0.2", "hostname": "bare$i", "root": {"path": "$root"},
 "process": {"cwd": "/", "args": ["/bin/sleep", "1000000"], "env": ["PATH=/bin"], "user": {"uid": 0, "gid": 0}},
 "mounts": [
  {"destination": "/proc", "type": "proc", "source": "proc"},
  {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755", "size=65536k"]},
  {"destination": "/dev/pts", "type": "devpts", "source": "devpts", "options": ["nosuid", "noexec", "newinstance"]},
  {"destination": "/sys", "type": "sysfs", "source": "sysfs", "options": ["nosuid", "noexec", "nodev", "ro"]}],
 "linux": {"cgroupsPath": "/fairlead-bare/$i", "resources": {"memory": {"limit": 67108864}},
  "namespaces": [{"type": "pid"}, {"type": "ipc"}, {"type": "uts"}, {"type": "mount"}]}}
JSON
done

start_some() {
    local i
    for ((i = $1; i < count; i += shells)); do
        crun --root "$dir/state" --cgroup-manager cgroupfs run --detach --bundle "$dir/$i" "bare-$i" \
            </dev/null >/dev/null 2>>"$dir/errors"
    done
}

begin=$(date +%s%N)
for ((shell = 0; shell < shells; shell++)); do
    start_some "$shell" &
done
wait
end=$(date +%s%N)
for ((i = 0; i < count; i++)); do
    crun --root "$dir/state" delete --force "bare-$i" || echo "bare-$i did not run" >>"$dir/errors"
done
rmdir /sys/fs/cgroup/fairlead-bare /sys/fs/cgroup/*/fairlead-bare 2>/dev/null || true
if [[ -s $dir/errors ]]; then
    cat "$dir/errors" >&2
    exit 1
fi
echo $(((end - begin) / 1000000))
