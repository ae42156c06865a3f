"""Prints the answers of the count-and-names calls, which older tools still use."""
import sys

import libvirt

connection = libvirt.open(sys.argv[1])
for method in """numOfNetworks numOfDefinedNetworks listNetworks listDefinedNetworks
        numOfStoragePools numOfDefinedStoragePools listStoragePools listDefinedStoragePools
        numOfNWFilters listNWFilters numOfSecrets listSecrets numOfDefinedInterfaces listDefinedInterfaces
        numOfDomains listDomainsID numOfDefinedDomains listDefinedDomains""".split():
    print(method, getattr(connection, method)())
