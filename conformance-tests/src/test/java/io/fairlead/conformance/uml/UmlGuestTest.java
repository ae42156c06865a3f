package io.fairlead.conformance.uml;

import io.fairlead.conformance.CasesForUml;

/** Containers seen from inside and reached into, on a kernel with pure cgroup v2. */
class UmlGuestTest extends UmlCases {
    UmlGuestTest() {
        super(CasesForUml.guests());
    }
}
