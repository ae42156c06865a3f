"""
Calls a daemon as one-off tools do: each call in a process of its own, with a connection of its own. The processes are
forks of one that has loaded libvirt, so that no time of theirs is in a figure, and calls follow each other at once.
cold.py ANY ROOT. Reads commands from standard input, one a line, and answers each with a line of durations in milliseconds.

at URI           from now on, calls go to that daemon             open         one connection, and no call
calls N          N calls: a container created and a domain defined, the list, a document and an info, in turns
samples KIND     what the calls took, and forgets it: connect, create, define, list, dumpxml or info
"""
import os
import sys
import time

import libvirt

ROOT = sys.argv[2]
XML = """<domain type='lxc'><name>{name}</name><memory unit='KiB'>65536</memory>
<os><type>exe</type><init>/bin/sleep</init><initarg>1000000</initarg></os>
<devices><filesystem type='mount'><source dir='{root}'/><target dir='/'/></filesystem><console type='pty'/></devices>
</domain>"""

uri = None
serial = 0
samples = {}


def timed(call):
    start = time.perf_counter()
    result = call()
    return (time.perf_counter() - start) * 1000, result


def in_process(call):
    """Connects and calls in a child, which says what either took."""
    here, there = os.pipe()
    if os.fork() == 0:
        connect, connection = timed(lambda: libvirt.open(uri))
        os.write(there, f"{connect} {call(connection)}".encode())
        os._exit(0)
    os.close(there)
    with os.fdopen(here) as answer:
        words = answer.read().split()
    os.wait()
    if len(words) != 2:
        raise RuntimeError("a call failed; see above")
    return [float(word) for word in words]


def with_domain(call):
    def look_up_and_call(connection):
        domain = connection.lookupByName(f"run{serial}")
        return timed(lambda: call(domain))[0]

    return look_up_and_call


CALLS = {
    "create": lambda connection: timed(lambda: connection.createXML(XML.format(name=f"run{serial}", root=ROOT)))[0],
    "define": lambda connection: timed(lambda: connection.defineXML(XML.format(name=f"off{serial}", root=ROOT)))[0],
    "list": lambda connection: timed(connection.listAllDomains)[0],
    "dumpxml": with_domain(lambda domain: domain.XMLDesc()),
    "info": with_domain(lambda domain: domain.info()),
}


def at(target):
    global uri
    uri = target
    return []


def calls(count):
    global serial
    for _ in range(int(count) // len(CALLS)):
        serial += 1
        for kind, call in CALLS.items():
            connect, took = in_process(call)
            samples.setdefault("connect", []).append(connect)
            samples.setdefault(kind, []).append(took)
    return []


COMMANDS = {
    "at": at,
    "open": lambda _: [in_process(lambda connection: 0)[0]],
    "calls": calls,
    "samples": lambda kind: samples.pop(kind),
}
for line in sys.stdin:
    command, _, argument = line.strip().partition(" ")
    print(" ".join(f"{millis:.4f}" for millis in COMMANDS[command](argument)), flush=True)
