"""
Keeps a daemon busy until its standard input ends, while somebody kills and restarts that daemon.

A lost connection is expected and made anew; so are refusals that follow from a call whose answer was lost ("exists
already", "no such domain"). Anything else is an error, and the exit status is 1.
"""
import random
import sys
import threading
import time

import libvirt

URI, ROOT = sys.argv[1:3]
XML = """<domain type='lxc'><name>{name}</name><memory unit='KiB'>65536</memory>
<os><type>exe</type><init>/bin/sh</init><initarg>-c</initarg><initarg>{script}</initarg></os>
<devices><filesystem type='mount'><source dir='{root}'/><target dir='/'/></filesystem><console type='pty'/></devices>
</domain>"""
# What a call may say when the daemon died in the middle of an earlier one, or is still adopting.
EXPECTED = {
    libvirt.VIR_ERR_NO_DOMAIN, libvirt.VIR_ERR_OPERATION_INVALID, libvirt.VIR_ERR_OPERATION_FAILED,
    libvirt.VIR_ERR_DOM_EXIST,
}
LOST = {
    libvirt.VIR_ERR_SYSTEM_ERROR, libvirt.VIR_ERR_RPC, libvirt.VIR_ERR_INTERNAL_ERROR, libvirt.VIR_ERR_NO_CONNECT,
    libvirt.VIR_ERR_INVALID_CONN,
}
stop = threading.Event()
counts = {"created": 0, "defined": 0, "started": 0, "consoles": 0, "lists": 0, "lost": 0}
wrong = []

libvirt.registerErrorHandler(lambda context, error: None, None)


def xml(name, script):
    return XML.format(name=name, script=script, root=ROOT)


def transient(connection, me):
    domain = connection.createXML(xml(f"load-t{me}-{random.randrange(1000)}", "exec sleep 1000"))
    counts["created"] += 1
    if random.random() < 0.7:
        domain.destroy()


def short(connection, me):
    connection.createXML(xml(f"load-s{me}-{random.randrange(1000)}", f"sleep 0.{random.randrange(5)}; exit 4"))
    counts["created"] += 1


def persistent(connection, me):
    name = f"load-p{me}"
    try:
        domain = connection.defineXML(xml(name, "exec sleep 1000"))
        counts["defined"] += 1
    except libvirt.libvirtError as error:
        if error.get_error_code() != libvirt.VIR_ERR_OPERATION_FAILED:
            raise
        # Without a uuid, a second definition of the same name is refused.
        domain = connection.lookupByName(name)
    if not domain.isActive():
        domain.create()
        counts["started"] += 1
    domain.suspend()
    domain.resume()
    domain.destroy()
    if random.random() < 0.5:
        domain.undefine()


def console(connection, me):
    for domain in connection.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_RUNNING):
        if domain.name() == "keep0":
            stream = connection.newStream(libvirt.VIR_STREAM_NONBLOCK)
            domain.openConsole(None, stream, 0)
            stream.recv(1024)
            counts["consoles"] += 1
            stream.abort()


def lists(connection, me):
    for domain in connection.listAllDomains():
        if domain.name().startswith("load-"):
            domain.info()
            # The load must not grow without end.
            if random.random() < 0.1 and domain.isActive() and not domain.isPersistent():
                domain.destroy()
    counts["lists"] += 1


def worker(work, me):
    connection = None
    while not stop.is_set():
        try:
            if connection is None:
                connection = libvirt.open(URI)
            work(connection, me)
        except libvirt.libvirtError as error:
            code = error.get_error_code()
            if code in EXPECTED:
                continue
            alive = False
            try:
                alive = connection is not None and connection.isAlive()
            except libvirt.libvirtError:
                alive = False
            if not alive or code in LOST and "connection" in str(error).lower() or code in LOST and "end of file" in str(error).lower():
                counts["lost"] += 1
                connection = None
                time.sleep(0.2)
            else:
                wrong.append(f"{work.__name__}: code {code} {error}")
        # Half a machine is enough for the load; the daemon has to start beside it.
        time.sleep(random.random() * 0.2)


workers = [transient, transient, short, persistent, persistent, console, lists]
threads = [threading.Thread(target=worker, args=(work, number)) for number, work in enumerate(workers)]
for thread in threads:
    thread.start()
sys.stdin.read()
stop.set()
for thread in threads:
    thread.join()
print(" ".join(f"{name} {count}" for name, count in counts.items()))
if wrong:
    sys.exit("\n".join(wrong[:20]))
