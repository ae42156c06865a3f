"""Begins an upload, forgets its stream without a word to the daemon, and deletes the volume: forgotten_stream.py URI POOL"""
import sys

import libvirt

connection = libvirt.open(sys.argv[1])
pool = connection.storagePoolLookupByName(sys.argv[2])
volume = pool.createXML("<volume><name>v1</name><capacity>1048576</capacity></volume>")
stream = connection.newStream()
volume.upload(stream, 0, 0)
stream.send(b"x" * 1000)
del stream
volume.delete()
print("deleted")
