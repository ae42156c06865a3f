"""Destroys a defined domain, and then a transient one, and prints what was told."""
import sys

import eventloop
import libvirt

connection = libvirt.open(sys.argv[1])
xml = open(sys.argv[2]).read()
heard = eventloop.Heard()
callback = connection.domainEventRegisterAny(
    None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
    lambda c, domain, event, detail, opaque: heard.add("lifecycle", domain.name(), event, detail), None)
domain = connection.defineXML(xml)
domain.create()
domain.destroy()
domain.undefine()
connection.createXML(xml).destroy()
print("\n".join(heard.wait(6)))
connection.domainEventDeregisterAny(callback)
connection.close()
