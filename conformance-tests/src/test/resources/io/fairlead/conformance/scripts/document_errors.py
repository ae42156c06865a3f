"""Sends documents that are wrong in several ways; prints code and origin of each refusal, as clients branch on them."""
import sys

import libvirt

connection = libvirt.open(sys.argv[1])
libvirt.registerErrorHandler(lambda context, error: None, None)

DOMAIN = "<domain type='lxc'><name>x</name><memory>65536</memory><os><type>exe</type><init>/i</init></os>%s</domain>"
POOL = "<pool type='dir'><name>x</name><target><path>/nowhere</path></target></pool>"

pool = connection.storagePoolLookupByName(sys.argv[2])
calls = {
    "domain, no XML": lambda: connection.defineXML("<domain>"),
    "domain, other root": lambda: connection.defineXML("<pool/>"),
    "domain, value": lambda: connection.defineXML(DOMAIN % "<vcpu>x</vcpu>"),
    "domain, choice": lambda: connection.defineXML(DOMAIN % "<vcpu placement='foo'>1</vcpu>"),
    "domain, number": lambda: connection.defineXML(DOMAIN % "<vcpu current='foo'>1</vcpu>"),
    "domain, schema": lambda: connection.defineXMLFlags(DOMAIN % "<zzz/>", libvirt.VIR_DOMAIN_DEFINE_VALIDATE),
    "pool, no XML": lambda: connection.storagePoolDefineXML("<pool>", 0),
    "pool, other root": lambda: connection.storagePoolDefineXML("<domain/>", 0),
    "pool, name": lambda: connection.storagePoolDefineXML(POOL.replace(">x<", ">a/b<"), 0),
    "pool, choice": lambda: connection.storagePoolDefineXML(POOL.replace("dir", "foo"), 0),
    "pool, schema": lambda: connection.storagePoolDefineXML(
        POOL.replace("<target>", "<zzz/><target>"), libvirt.VIR_STORAGE_POOL_DEFINE_VALIDATE),
    "volume, no XML": lambda: pool.createXML("<volume>", 0),
    "volume, other root": lambda: pool.createXML("<pool/>", 0),
    "volume, no size": lambda: pool.createXML("<volume><name>v</name></volume>", 0),
    "volume, unit": lambda: pool.createXML("<volume><name>v</name><capacity unit='foo'>1</capacity></volume>", 0),
    "domain, set": lambda: connection.defineXML(DOMAIN % "<vcpu cpuset='x'>1</vcpu>"),
    "domain, unit": lambda: connection.defineXML((DOMAIN % "").replace("<memory>", "<memory unit='foo'>")),
    "native, key": lambda: connection.domainXMLFromNative("lxc-tools", "lxc.uts.name = a\nfoo\n", 0),
    "volume, choice": lambda: pool.createXML(
        "<volume type='foo'><name>v</name><capacity>1</capacity></volume>", 0),
    "volume, format": lambda: pool.createXML(
        "<volume><name>v</name><capacity>1</capacity><target><format type='foo'/></target></volume>", 0),
    "sources, no XML": lambda: connection.findStoragePoolSources("netfs", "<source>", 0),
}
for name, call in calls.items():
    try:
        call()
        print("%s: accepted" % name)
    except libvirt.libvirtError as error:
        # The words for a text that is no XML are those of the library that reads XML.
        words = "" if error.get_error_code() == libvirt.VIR_ERR_XML_DETAIL else " " + error.get_error_message()
        print("%s: %d/%d%s" % (
            name, error.get_error_code(), error.get_error_domain(), words.split("\n")[0]))
