"""Looks for domains that do not exist and prints how that is refused."""
import sys

import libvirt

libvirt.registerErrorHandler(lambda context, error: None, None)
connection = libvirt.open(sys.argv[1])
for method, argument in [
    ("lookupByName", "nope"),
    ("lookupByUUIDString", "00000000-0000-4000-8000-000000000000"),
    ("lookupByID", 2147483647),
]:
    try:
        getattr(connection, method)(argument)
        print(method + ": found")
    except libvirt.libvirtError as error:
        print(f"{method}: code {error.get_error_code()} domain {error.get_error_domain()}: {error.get_error_message()}")
