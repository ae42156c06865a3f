"""A libvirt event loop in a thread, and a list of what it delivered that can be waited for."""
import sys
import threading
import time

import libvirt

libvirt.registerErrorHandler(lambda context, error: None, None)
libvirt.virEventRegisterDefaultImpl()


def _run():
    while True:
        libvirt.virEventRunDefaultImpl()


threading.Thread(target=_run, daemon=True).start()


class Heard:
    def __init__(self):
        self.lines = []

    def add(self, *words):
        self.lines.append(" ".join(str(word) for word in words))

    def wait(self, count, seconds=10):
        end = time.monotonic() + seconds
        while len(self.lines) < count:
            if time.monotonic() > end:
                sys.exit(f"only {len(self.lines)} of {count} events: {self.lines}")
            time.sleep(0.01)
        # What must not come would come now.
        time.sleep(0.3)
        return self.lines
