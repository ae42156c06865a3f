"""
Calls a daemon and times it: client.py URI ROOT. Reads commands from standard input, one a line, and answers each with
a line of durations in milliseconds.

create N         start N transient containers whose init sleeps     destroy N    end N of them one after another
apart N          the same with a quiet tenth of a second before each: the kernel's first group move costs more then
clear            end all there are, many at a time                  define N     define N domains more
burst N T        start N from T threads, a connection each: how long all of them took
undefine         forget all that are defined                        dumpxml N, info N, list N, version N   as they say
"""
import sys
import threading
import time

import libvirt

URI, ROOT = sys.argv[1:3]
XML = """<domain type='lxc'><name>{name}</name><memory unit='KiB'>65536</memory>
<os><type>exe</type><init>/bin/sleep</init><initarg>1000000</initarg></os>
<devices><filesystem type='mount'><source dir='{root}'/><target dir='/'/></filesystem><console type='pty'/></devices>
</domain>"""

connection = libvirt.open(URI)
running = []
defined = 0
serial = 0


def timed(call):
    start = time.perf_counter()
    result = call()
    return (time.perf_counter() - start) * 1000, result


def create(count, pause=0):
    global serial
    for _ in range(count):
        time.sleep(pause)
        serial += 1
        xml = XML.format(name=f"run{serial}", root=ROOT)
        took, domain = timed(lambda: connection.createXML(xml))
        running.append(domain)
        yield took


def burst(words):
    global serial
    count, threads = (int(word) for word in words.split())
    first, serial = serial, serial + count
    connections = [libvirt.open(URI) for _ in range(threads)]

    def some(thread):
        for number in range(first + thread, first + count, threads):
            xml = XML.format(name=f"burst{number}", root=ROOT)
            running.append(connections[thread].createXML(xml))

    workers = [threading.Thread(target=some, args=(thread,)) for thread in range(threads)]
    begin = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [(time.perf_counter() - begin) * 1000]


def destroy(count):
    for _ in range(count):
        yield timed(running.pop().destroy)[0]


def clear(_):
    threads = [threading.Thread(target=domain.destroy) for domain in running]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    running.clear()
    return []


def define(count):
    global defined
    for _ in range(count):
        defined += 1
        xml = XML.format(name=f"off{defined}", root=ROOT)
        yield timed(lambda: connection.defineXML(xml))[0]


def undefine(_):
    global defined
    for domain in connection.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_INACTIVE):
        domain.undefine()
    defined = 0
    return []


def repeat(call, count):
    return [timed(call)[0] for _ in range(count)]


COMMANDS = {
    "create": create,
    "burst": burst,
    "apart": lambda count: create(count, 0.1),
    "destroy": destroy,
    "clear": clear,
    "define": define,
    "undefine": undefine,
    "dumpxml": lambda count: repeat(lambda: running[0].XMLDesc(), count),
    "info": lambda count: repeat(lambda: running[0].info(), count),
    "list": lambda count: repeat(lambda: connection.listAllDomains(), count),
    "version": lambda count: repeat(connection.getLibVersion, count),
}
for line in sys.stdin:
    command, _, count = line.strip().partition(" ")
    argument = count if " " in count else int(count or 0)
    print(" ".join(f"{millis:.4f}" for millis in COMMANDS[command](argument)), flush=True)
