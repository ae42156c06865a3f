"""Tries every call that changes something on domain c1, and on its snapshot if one is named; prints how each ended."""
import sys

import libvirt

libvirt.registerErrorHandler(lambda context, error: None, None)
connection = libvirt.open(sys.argv[1])
domain = connection.lookupByName("c1")
xml = "<domain type='lxc'><name>other</name><memory>1</memory><os><type>exe</type><init>/x</init></os></domain>"
stream = connection.newStream()
calls = {
    "defineXML": lambda: connection.defineXML(xml),
    "defineXMLFlags": lambda: connection.defineXMLFlags(xml, 0),
    "createXML": lambda: connection.createXML(xml),
    "create": domain.create,
    "createWithFlags": lambda: domain.createWithFlags(0),
    "destroy": domain.destroy,
    "destroyFlags": lambda: domain.destroyFlags(0),
    "shutdown": domain.shutdown,
    "shutdownFlags": lambda: domain.shutdownFlags(0),
    "reboot": domain.reboot,
    "reset": domain.reset,
    "suspend": domain.suspend,
    "resume": domain.resume,
    "undefine": domain.undefine,
    "undefineFlags": lambda: domain.undefineFlags(0),
    "rename": lambda: domain.rename("other", 0),
    "setAutostart": lambda: domain.setAutostart(1),
    "setMetadata": lambda: domain.setMetadata(0, "text", None, None, 0),
    "setMemory": lambda: domain.setMemory(1024),
    "setMaxMemory": lambda: domain.setMaxMemory(1024),
    "setVcpus": lambda: domain.setVcpus(1),
    "setSchedulerParameters": lambda: domain.setSchedulerParameters({"cpu_shares": 5}),
    "sendProcessSignal": lambda: domain.sendProcessSignal(1, 9, 0),
    "openConsole": lambda: domain.openConsole(None, stream, 0),
    "attachDevice": lambda: domain.attachDevice("<interface type='network'/>"),
    "snapshotCreateXML": lambda: domain.snapshotCreateXML("<domainsnapshot/>"),
    "snapshotRedefine": lambda: domain.snapshotCreateXML("<domainsnapshot/>", 1),
    "securityInfo": lambda: domain.XMLDesc(libvirt.VIR_DOMAIN_XML_SECURE),
}
if len(sys.argv) > 2:
    snapshot = domain.snapshotLookupByName(sys.argv[2])
    calls["snapshotDelete"] = snapshot.delete
    calls["snapshotDeleteMetadata"] = lambda: snapshot.delete(2)
    calls["revertToSnapshot"] = lambda: domain.revertToSnapshot(snapshot)
    calls["snapshotSecure"] = lambda: snapshot.getXMLDesc(1)
for name, call in calls.items():
    try:
        call()
        print(name + ": done")
    except libvirt.libvirtError as error:
        print(f"{name}: code {error.get_error_code()} {error.get_error_message()}")
