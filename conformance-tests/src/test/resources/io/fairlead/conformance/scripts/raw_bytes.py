"""Sends every byte value through the console of c1, whose init is cat on a raw terminal, and compares."""
import sys
import threading

import libvirt

connection = libvirt.open(sys.argv[1])
domain = connection.lookupByName("c1")
stream = connection.newStream()
domain.openConsole(None, stream, 0)

received = b""
while b"ready" not in received:
    received += stream.recv(1024)
while not received.endswith(b"\n"):
    received += stream.recv(1024)

sent = bytes(range(256)) * 256
back = bytearray()
# One connection, two threads: the reader must not wait for the writer, or both pipes fill up.
chunk = 1024
for start in range(0, len(sent), chunk):
    part = sent[start:start + chunk]
    while part:
        part = part[stream.send(part):]
    while len(back) < start + chunk:
        back += stream.recv(4096)
if bytes(back) != sent:
    different = next(i for i in range(len(sent)) if back[i] != sent[i])
    sys.exit(f"byte {different}: sent {sent[different]}, received {back[different]}")
print(len(sent), "bytes came back as they went")
stream.finish()
