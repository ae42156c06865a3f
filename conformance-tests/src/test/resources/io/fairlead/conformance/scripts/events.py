"""Registers every event, walks a domain through its life, and prints what was told."""
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
domain.destroy()
domain.undefine()
print("\n".join(heard.wait(6)))

for callback in callbacks:
    connection.domainEventDeregisterAny(callback)
connection.close()
