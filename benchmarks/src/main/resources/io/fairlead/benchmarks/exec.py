"""Runs `true` in a running container, in turns through the daemon and by the bare runtime.

Arguments: the daemon's socket, its run directory, the container's name, the number of rounds. To be run in the daemon's
mount namespace. Prints two lines of durations in milliseconds, from the call until the exit status is known: those of
the daemon, then those of the runtime.
"""

import os
import socket
import struct
import sys
import time

REMOTE, OWN = 0x20008086, 0x46616972
CALL, STREAM, OK, CONTINUE = 0, 3, 0, 2
EXIT = 3


def text(value):
    raw = value.encode()
    return struct.pack(">I", len(raw)) + raw + b"\0" * (-len(raw) % 4)


class Connection:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.serial = 0
        self.call(REMOTE, 66, b"")
        self.call(REMOTE, 1, struct.pack(">I", 1) + text("lxc:///system") + struct.pack(">I", 0))

    def send(self, program, procedure, kind, status, payload):
        self.socket.sendall(
            struct.pack(">IIIIIII", 28 + len(payload), program, 1, procedure, kind, self.serial, status) + payload)

    def exactly(self, count):
        parts = b""
        while len(parts) < count:
            part = self.socket.recv(count - len(parts))
            if not part:
                sys.exit("the daemon hung up")
            parts += part
        return parts

    def receive(self):
        length, _, _, _, kind, _, status = struct.unpack(">IIIIIII", self.exactly(28))
        payload = self.exactly(length - 28)
        if status == 1:
            sys.exit("refused: %r" % payload)
        return kind, status, payload

    def call(self, program, procedure, payload):
        self.serial += 1
        self.send(program, procedure, CALL, OK, payload)
        return self.receive()

    def exec(self, container, command):
        """Returns when the exit status has come."""
        words = struct.pack(">I", len(command)) + b"".join(map(text, command))
        rest = struct.pack(">IIIIIIIII", 0, 0, 0, 0, 0, 0, 0, 0, 0)
        self.call(OWN, 1, text(container) + words + rest)
        pieces = b""
        while not (len(pieces) >= 13 and pieces[0] == EXIT):
            pieces += self.receive()[2]
        return struct.unpack(">i", pieces[13:17])[0]

    def finish(self):
        while self.receive()[2]:
            pass
        self.send(OWN, 1, STREAM, OK, b"")
        self.receive()


def bare(run, name):
    command = ["crun", "--root", run + "/runtime", "--cgroup-manager=cgroupfs", "exec", name, "true"]
    pid = os.posix_spawnp("crun", command, os.environ)
    return os.waitpid(pid, 0)[1]


def main():
    path, run, container, rounds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    names = [name for name in os.listdir(run + "/runtime") if os.path.exists(run + "/runtime/" + name + "/status")]
    connection = Connection(path)
    ours, theirs = [], []
    for _ in range(rounds):
        start = time.perf_counter()
        status = connection.exec(container, ["true"])
        ours.append((time.perf_counter() - start) * 1000)
        connection.finish()
        time.sleep(0.05)
        start = time.perf_counter()
        status |= bare(run, names[0])
        theirs.append((time.perf_counter() - start) * 1000)
        time.sleep(0.05)
        if status:
            sys.exit("true ended with %d" % status)
    print(" ".join("%.3f" % value for value in ours))
    print(" ".join("%.3f" % value for value in theirs))


main()
