"""Snapshots of domain test through libvirt-python, with what each step has to give."""
import sys

import libvirt

libvirt.registerErrorHandler(lambda context, error: None, None)
connection = libvirt.open(sys.argv[1])
domain = connection.lookupByName("test")
if domain.isActive():
    domain.destroy()


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


def take(name):
    return domain.snapshotCreateXML(f"<domainsnapshot><name>{name}</name></domainsnapshot>")


def names(snapshots):
    return sorted(snapshot.getName() for snapshot in snapshots)


same("none", domain.snapshotNum(), 0)
same("no current", domain.hasCurrentSnapshot(), 0)
refused("current", libvirt.VIR_ERR_NO_DOMAIN_SNAPSHOT, domain.snapshotCurrent)
s1, s2, s3 = take("s1"), take("s2"), take("s3")
made_up = domain.snapshotCreateXML("<domainsnapshot/>")
same("a name of seconds", made_up.getName().isdigit(), True)
made_up.delete()
same("count", domain.snapshotNum(), 3)
same("names", sorted(domain.snapshotListNames()), ["s1", "s2", "s3"])
same("all", names(domain.listAllSnapshots()), ["s1", "s2", "s3"])
same("roots", names(domain.listAllSnapshots(libvirt.VIR_DOMAIN_SNAPSHOT_LIST_ROOTS)), ["s1"])
same("leaves", names(domain.listAllSnapshots(libvirt.VIR_DOMAIN_SNAPSHOT_LIST_LEAVES)), ["s3"])
same("current", domain.snapshotCurrent().getName(), "s3")
same("is current", (s3.isCurrent(), s1.isCurrent()), (1, 0))
same("metadata", s1.hasMetadata(), 1)
same("domain", s1.getDomain().name(), "test")
same("connection", s1.getConnect().getURI(), connection.getURI())
same("parent", s2.getParent().getName(), "s1")
refused("parent of the first", libvirt.VIR_ERR_NO_DOMAIN_SNAPSHOT, s1.getParent)
same("children", (s1.numChildren(), s1.listChildrenNames(), names(s1.listAllChildren())), (1, ["s2"], ["s2"]))
same("descendants", s1.numChildren(libvirt.VIR_DOMAIN_SNAPSHOT_LIST_DESCENDANTS), 2)
same("lookup", domain.snapshotLookupByName("s2").getXMLDesc(), s2.getXMLDesc())
refused("lookup", libvirt.VIR_ERR_NO_DOMAIN_SNAPSHOT, lambda: domain.snapshotLookupByName("nope"))
refused("twice", libvirt.VIR_ERR_OPERATION_FAILED, lambda: take("s1"))
refused("flags", libvirt.VIR_ERR_INVALID_ARG, lambda: s1.delete(
    libvirt.VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN | libvirt.VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN_ONLY))
domain.revertToSnapshot(s1)
same("current after a revert", domain.snapshotCurrent().getName(), "s1")
refused("undefine", libvirt.VIR_ERR_OPERATION_INVALID, domain.undefine)
s2.delete()
same("grandparent", s3.getParent().getName(), "s1")
refused("gone", libvirt.VIR_ERR_NO_DOMAIN_SNAPSHOT, s2.getXMLDesc)
s1.delete(libvirt.VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN)
same("none again", domain.listAllSnapshots(), [])
print("walked")
