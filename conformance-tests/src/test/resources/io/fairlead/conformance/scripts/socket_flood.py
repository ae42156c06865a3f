"""Takes from a libvirt socket whatever it gives, for some seconds: socket_flood.py SOCKET SECONDS KIND...

Each kind runs in a process of its own, behind others on the processors: a client that uses up those is another matter.
It goes on until it has made some connections, too, on a machine that is busy. Prints for each kind how many it made, and
how many were hung up on.
"""
import os
import resource
import socket
import struct
import sys
import time

REMOTE, KEEPALIVE = 0x20008086, 0x6B656570
CALL, MESSAGE = 0, 2
AUTH_LIST, OPEN, CAPABILITIES, LOOKUP_BY_NAME, REGISTER = 66, 1, 7, 23, 316
MIB = 1 << 20

path = sys.argv[1]
end = time.monotonic() + float(sys.argv[2])
at_last = end + 20
least = {"connections": 700, "halves": 4, "large": 2, "unread": 40, "events": 20, "pings": 40, "churn": 500}
made = lost = 0


def packet(procedure, serial=0, payload=b"", length=None, program=REMOTE, kind=CALL):
    return struct.pack(">7I", length or 28 + len(payload), program, 1, procedure, kind, serial, 0) + payload


NAME = b"lxc:///system\0\0\0"
BEGIN = packet(AUTH_LIST) + packet(OPEN, 1, struct.pack(">II", 1, 13) + NAME + struct.pack(">I", 1))


def connect():
    global made
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.settimeout(1)
    client.connect(path)
    made += 1
    return client


def going_on(kind):
    now = time.monotonic()
    return now < end or now < at_last and made < least[kind]


def is_open(client):
    global lost
    try:
        client.setblocking(False)
        while client.recv(1 << 16):
            pass
    except BlockingIOError:
        return True
    except OSError:
        pass
    lost += 1
    client.close()
    return False


def hold(kind, data, most, reading=False):
    """Opens connections, sends the same on each, and keeps them."""
    held = []
    while going_on(kind):
        try:
            client = connect()
            client.sendall(data)
            held.append(client)
        except OSError:  # hung up on, or it does not read on
            pass
        if len(held) > most:
            held = [c for c in held if is_open(c)] if reading else held[-most // 2:]


def connections():
    hold("connections", BEGIN, 1500, reading=True)


def halves():
    hold("halves", packet(LOOKUP_BY_NAME, length=20 * MIB) + bytes(19 * MIB), 200, reading=True)


def large():
    body = struct.pack(">I", 4 * MIB) + b"x" * (4 * MIB)
    while going_on("large"):
        try:
            with connect() as client:
                client.sendall(BEGIN)
                for serial in range(2, 12):
                    client.sendall(packet(LOOKUP_BY_NAME, serial, body))
        except OSError:
            pass


def unread():
    hold("unread", BEGIN + b"".join(packet(CAPABILITIES, n) for n in range(2, 202)), 1000)


def events():
    registrations = (packet(REGISTER, n, struct.pack(">II", n % 27, 0)) for n in range(2, 1002))
    hold("events", BEGIN + b"".join(registrations), 200)


def pings():
    hold("pings", BEGIN + packet(1, program=KEEPALIVE, kind=MESSAGE) * 2000, 500)


def churn():
    hold("churn", b"", 0, reading=True)


files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
os.nice(10)
kinds = sys.argv[3:]
for kind in kinds:
    if os.fork() == 0:
        globals()[kind]()
        print(kind, made, lost, flush=True)
        os._exit(0)
for kind in kinds:
    status = os.wait()[1]
    if status != 0:
        sys.exit("a flood ended with %d" % status)
