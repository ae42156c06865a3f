"""Opens the console of a container that writes without end, does not read it, and times what others get."""
import sys
import time

import libvirt

flooded = libvirt.open(sys.argv[1])
loud = flooded.newStream()
flooded.lookupByName("loud").openConsole(None, loud, 0)
loud.recv(100)

other = libvirt.open(sys.argv[1])
start = time.monotonic()
for _ in range(200):
    other.getLibVersion()
    other.lookupByName("quiet").state()
if time.monotonic() - start > 10:
    sys.exit("calls are starved")
print("calls answered")

quiet = other.newStream()
other.lookupByName("quiet").openConsole(None, quiet, 0)
start = time.monotonic()
quiet.send(b"hello\n")
seen = b""
while b"got hello" not in seen:
    seen += quiet.recv(1024)
if time.monotonic() - start > 10:
    sys.exit("another console is starved")
print("console answered")
quiet.finish()
loud.abort()
