"""
Calls a daemon about volumes and times it: volumes.py URI ROOT. Reads commands from standard input, one a line, and answers
each with a line of durations in milliseconds.

tree POOL VOLUME          makes an empty tree                clone POOL VOLUME N   N clones, one after another
clones POOL VOLUME N T    N clones from T threads, a connection each: how long all of them took
start POOL N              starts N transient containers, each on a clone that nobody has used yet, whose init sleeps
startdir N                the same on ROOT, a plain directory
end                       ends the containers                clear POOL VOLUME     deletes all volumes but that one
disk POOL VOLUME MIB      makes a file                       upload, download POOL VOLUME   all of a file
"""
import os
import sys
import threading
import time

import libvirt

URI, ROOT = sys.argv[1:3]
PIECE = 256 * 1024
XML = """<domain type='lxc'><name>{name}</name><memory unit='KiB'>65536</memory>
<os><type>exe</type><init>/bin/sleep</init><initarg>1000000</initarg></os>
<devices><filesystem type='{kind}'><source {source}/><target dir='/'/></filesystem><console type='pty'/></devices>
</domain>"""

connection = libvirt.open(URI)
running = []
fresh = []
serial = 0


def timed(call):
    start = time.perf_counter()
    result = call()
    return (time.perf_counter() - start) * 1000, result


def name():
    global serial
    serial += 1
    return f"v{serial}"


def pool_of(name, by=None):
    return (by or connection).storagePoolLookupByName(name)


def volume_xml(name, kind="dir", mib=0):
    return (f"<volume><name>{name}</name><capacity unit='MiB'>{mib}</capacity>"
            f"<target><format type='{kind}'/></target></volume>")


def tree(pool, volume):
    pool_of(pool).createXML(volume_xml(volume))
    return []


def clone(pool, volume, count):
    there = pool_of(pool)
    origin = there.storageVolLookupByName(volume)
    for _ in range(int(count)):
        xml = volume_xml(name())
        took, copy = timed(lambda: there.createXMLFrom(xml, origin))
        fresh.append(copy.name())
        yield took


def clones(pool, volume, count, threads):
    connections = [libvirt.open(URI) for _ in range(int(threads))]
    xmls = [volume_xml(name()) for _ in range(int(count))]

    def work(by):
        there = pool_of(pool, by)
        origin = there.storageVolLookupByName(volume)
        while True:
            try:
                xml = xmls.pop()
            except IndexError:
                return
            there.createXMLFrom(xml, origin)

    workers = [threading.Thread(target=work, args=(by,)) for by in connections]

    def together():
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    took, _ = timed(together)
    if len(pool_of(pool).listVolumes()) < int(count):
        raise RuntimeError("clones are missing")
    return [took]


def create(kind, source):
    xml = XML.format(name=name(), kind=kind, source=source)
    took, domain = timed(lambda: connection.createXML(xml))
    running.append(domain)
    return took


def start(pool, count):
    return [create("volume", f"pool='{pool}' volume='{fresh.pop()}'") for _ in range(int(count))]


def startdir(count):
    return [create("mount", f"dir='{ROOT}'") for _ in range(int(count))]


def end():
    for domain in running:
        domain.destroy()
    running.clear()
    return []


def clear(pool, keep):
    fresh.clear()
    for volume in pool_of(pool).listAllVolumes():
        if volume.name() != keep:
            volume.delete()
    return []


def disk(pool, volume, mib):
    pool_of(pool).createXML(volume_xml(volume, "raw", mib))
    return []


def upload(pool, volume):
    target = pool_of(pool).storageVolLookupByName(volume)
    left = target.info()[1]
    piece = bytes(range(256)) * (PIECE // 256)

    def more(stream, wanted, _):
        nonlocal left
        given = piece[:min(wanted, left)]
        left -= len(given)
        return given

    def send():
        stream = connection.newStream()
        target.upload(stream, 0, 0)
        stream.sendAll(more, None)
        stream.finish()

    os.sync()  # what the other left to be written would be written meanwhile
    return [timed(send)[0]]


def download(pool, volume):
    source = pool_of(pool).storageVolLookupByName(volume)
    size = source.info()[1]
    received = 0

    def take(stream, data, _):
        nonlocal received
        received += len(data)

    def receive():
        stream = connection.newStream()
        source.download(stream, 0, 0)
        stream.recvAll(take, None)
        stream.finish()

    took, _ = timed(receive)
    if received != size:
        raise RuntimeError(f"{received} of {size} bytes arrived")
    return [took]


COMMANDS = {
    "tree": tree,
    "clone": clone,
    "clones": clones,
    "start": start,
    "startdir": startdir,
    "end": end,
    "clear": clear,
    "disk": disk,
    "upload": upload,
    "download": download,
}
for line in sys.stdin:
    command, *words = line.split()
    print(" ".join(f"{millis:.4f}" for millis in COMMANDS[command](*words)), flush=True)
