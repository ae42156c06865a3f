"""Registers every event, starts, pauses and resumes a domain, and prints what was told."""
import sys

import eventloop
import libvirt

connection = libvirt.open(sys.argv[1])
xml = open(sys.argv[2]).read()
heard = eventloop.Heard()
callbacks = [
    connection.domainEventRegisterAny(
        None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
        lambda c, domain, event, detail, opaque: heard.add("lifecycle", domain.name(), event, detail), None)
]
for event in range(1, 27):
    callbacks.append(connection.domainEventRegisterAny(None, event, lambda *words: None, None))
print("registered", len(callbacks))

domain = connection.defineXML(xml)
domain.create()
domain.suspend()
domain.resume()
print("\n".join(heard.wait(4)))

for callback in callbacks:
    connection.domainEventDeregisterAny(callback)
connection.close()
