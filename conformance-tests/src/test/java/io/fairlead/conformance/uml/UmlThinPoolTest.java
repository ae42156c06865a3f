package io.fairlead.conformance.uml;

import io.fairlead.conformance.CasesForUml;

/** Containers on thin pools, and the metrics of these, on a kernel with the device mapper. */
class UmlThinPoolTest extends UmlCases {
    UmlThinPoolTest() {
        super(CasesForUml.thinPools());
    }
}
