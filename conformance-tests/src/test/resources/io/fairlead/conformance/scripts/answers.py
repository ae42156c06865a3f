"""Answers of a daemon to the documents in the files of answers: answers.py URI FOLDER. Prints files in the same form."""
import re
import sys

import libvirt

INACTIVE = libvirt.VIR_NETWORK_XML_INACTIVE
CONFIG = libvirt.VIR_NETWORK_UPDATE_AFFECT_CONFIG
FIXED_ID = "8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c18"

libvirt.registerErrorHandler(lambda context, error: None, None)
connection = libvirt.open(sys.argv[1])
folder = sys.argv[2]


def read(name):
    with open(folder + "/" + name, encoding="utf-8") as file:
        return file.read()


def told(call):
    try:
        return call().rstrip("\n")
    except libvirt.libvirtError as e:
        text = "! %d/%d %s" % (e.get_error_code(), e.get_error_domain(), e.get_error_message())
        return text.rstrip()


def network(xml):
    defined = connection.networkDefineXML(xml)
    text = defined.XMLDesc(INACTIVE)
    defined.undefine()
    if "virbr" not in xml:
        text = re.sub("bridge name='virbr[0-9]+'", "bridge name='virbr0'", text)
    if "<uuid/>" in xml:
        text = re.sub("<uuid>.*</uuid>", "<uuid>%s</uuid>" % FIXED_ID, text)
    if not re.search("<mac address='[^']", xml):
        text = re.sub("<mac address='[^']*'", "<mac address='52:54:00:00:00:00'", text)
    return text


def update(line):
    name, command, section, parent, xml = line.split(" ", 4)
    defined = connection.networkDefineXML(read(name + ".xml"))
    try:
        defined.update(int(command), int(section), int(parent), xml, CONFIG)
        return defined.XMLDesc(INACTIVE)
    finally:
        defined.undefine()


def nwfilter(xml):
    defined = connection.nwfilterDefineXML(xml)
    text = defined.XMLDesc(0)
    defined.undefine()
    return text


for name, answer in (("networks", network), ("networks-emptied", network), ("network-updates", update), ("filters", nwfilter)):
    for line in read(name + ".txt").splitlines():
        if line.startswith("> "):
            print(line)
            print(told(lambda: answer(line[2:])))
