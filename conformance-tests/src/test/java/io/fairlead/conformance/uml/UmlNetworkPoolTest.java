package io.fairlead.conformance.uml;

import io.fairlead.conformance.CasesForUml;

/**
 * Pools of type netfs, on a kernel that serves and mounts NFS. Its cases wait for silent servers more than they work.
 */
class UmlNetworkPoolTest extends UmlCases {
    UmlNetworkPoolTest() {
        super(CasesForUml.networkPools());
    }
}
