"""Destroys one domain and starts another; prints the lifecycle events of both in their order by domain."""
import sys

import eventloop
import libvirt

connection = libvirt.open(sys.argv[1])
heard = eventloop.Heard()
connection.domainEventRegisterAny(
    None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
    lambda c, domain, event, detail, opaque: heard.add(event, detail), None)
connection.lookupByName(sys.argv[3]).create()
connection.lookupByName(sys.argv[2]).destroy()
print("\n".join(heard.wait(2)))
