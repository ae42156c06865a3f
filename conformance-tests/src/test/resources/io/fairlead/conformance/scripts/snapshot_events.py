"""Takes, reverts to and deletes snapshots of a domain; prints which lifecycle events each act brought."""
import sys
import time

import eventloop
import libvirt

connection = libvirt.open(sys.argv[1])
domain = connection.lookupByName(sys.argv[2])
heard = eventloop.Heard()
connection.domainEventRegisterAny(
    domain, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
    lambda c, domain, event, detail, opaque: heard.add(event, detail), None)


def take(name, flags=0):
    domain.snapshotCreateXML(f"<domainsnapshot><name>{name}</name></domainsnapshot>", flags)


def revert(name, flags=0):
    domain.revertToSnapshot(domain.snapshotLookupByName(name), flags)


def redefine_and_revert():
    xml = domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    connection.defineXML(xml.replace("<memory ", "<title>other</title><memory ", 1))
    revert("off")


for what, act in {
    "take off": lambda: take("off"),
    "start": domain.create,
    "take running": lambda: take("running"),
    "revert to running": lambda: revert("running"),
    "revert to off": lambda: revert("off"),
    "revert to off again": lambda: revert("off"),
    "revert and pause": lambda: revert("off", libvirt.VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED),
    "revert and run": lambda: revert("running", libvirt.VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING),
    "take and halt": lambda: take("halted", libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_HALT),
    "redefined since": redefine_and_revert,
    "delete": lambda: domain.snapshotLookupByName("running").delete(),
}.items():
    heard.lines.clear()
    act()
    time.sleep(0.2)
    print(f"{what}: {heard.lines}")
