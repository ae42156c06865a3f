"""Starts a domain that cannot start and prints how that is refused."""
import sys

import libvirt

libvirt.registerErrorHandler(lambda context, error: None, None)
try:
    libvirt.open(sys.argv[1]).lookupByName(sys.argv[2]).create()
    print("started")
except libvirt.libvirtError as error:
    print(f"code {error.get_error_code()} {error.get_error_message()}")
