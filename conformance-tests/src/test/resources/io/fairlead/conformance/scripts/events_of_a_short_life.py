"""Starts a domain whose init ends by itself, prints what was told."""
import sys

import eventloop
import libvirt

connection = libvirt.open(sys.argv[1])
heard = eventloop.Heard()
connection.domainEventRegisterAny(
    None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
    lambda c, domain, event, detail, opaque: heard.add(event, detail), None)
connection.createXML(open(sys.argv[2]).read())
print("\n".join(heard.wait(2)))
