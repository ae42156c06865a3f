"""A domain's life through libvirt-python, with what each step has to give."""
import sys

import libvirt

libvirt.registerErrorHandler(lambda context, error: None, None)
connection = libvirt.open(sys.argv[1])
xml = open(sys.argv[2]).read()


def same(what, actual, expected):
    if actual != expected:
        sys.exit(f"{what}: {actual!r} instead of {expected!r}")


def refused(what, code, call):
    try:
        call()
    except libvirt.libvirtError as error:
        same(what, error.get_error_code(), code)
        return
    sys.exit(f"{what}: not refused")


same("type", connection.getType(), "LXC")
same("uri", connection.getURI(), sys.argv[1])
same("alive", connection.isAlive(), 1)
same("encrypted", connection.isEncrypted(), 0)
same("nodes", len(connection.getInfo()), 8)
same("arch", connection.getInfo()[0], "x86_64")
same("empty", connection.listAllDomains(), [])

domain = connection.defineXML(xml)
same("name", domain.name(), "c1")
same("id", domain.ID(), -1)
same("state", domain.state()[0], libvirt.VIR_DOMAIN_SHUTOFF)
same("persistent", domain.isPersistent(), 1)
same("uuid", connection.lookupByUUID(domain.UUID()).name(), "c1")
refused("destroy", libvirt.VIR_ERR_OPERATION_INVALID, domain.destroy)
domain.setAutostart(1)
same("autostart", domain.autostart(), 1)
domain.setMetadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, "<a/>", "k", "http://example.org/a", 0)
same("metadata", domain.metadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, "http://example.org/a"), "<a/>")
refused("no metadata", libvirt.VIR_ERR_NO_DOMAIN_METADATA,
        lambda: domain.metadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, "http://example.org/b"))

domain.create()
same("running", domain.state(), [libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_BOOTED])
same("active", domain.isActive(), 1)
same("by id", connection.lookupByID(domain.ID()).name(), "c1")
same("info", domain.info()[1], 65536)
domain.suspend()
same("paused", domain.state(), [libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_USER])
domain.resume()
same("resumed", domain.state(), [libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_UNPAUSED])
refused("create twice", libvirt.VIR_ERR_OPERATION_INVALID, domain.create)
domain.destroy()
same("destroyed", domain.state(), [libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_DESTROYED])
domain.undefine()
refused("gone", libvirt.VIR_ERR_NO_DOMAIN, domain.info)
same("empty again", connection.listAllDomains(), [])
print("walked")
