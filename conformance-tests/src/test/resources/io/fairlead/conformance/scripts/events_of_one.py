"""Subscribes to the second of two domains, starts and pauses both, prints what was told."""
import sys

import eventloop
import libvirt

connection = libvirt.open(sys.argv[1])
first = connection.lookupByName(sys.argv[2])
second = connection.lookupByName(sys.argv[3])
heard = eventloop.Heard()
connection.domainEventRegisterAny(
    second, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
    lambda c, domain, event, detail, opaque: heard.add(domain.name(), event, detail), None)
for domain in (first, second):
    domain.create()
for domain in (first, second):
    domain.suspend()
print("\n".join(heard.wait(2)))
