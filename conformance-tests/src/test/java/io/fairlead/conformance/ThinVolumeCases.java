package io.fairlead.conformance;

import io.fairlead.conformance.server.TestPool;

/** {@link VolumeCases} on thin devices: run where the kernel has them, see {@link CasesForUml}. */
class ThinVolumeCases extends VolumeCases {
    @Override
    protected TestPool.Kind kind() {
        return TestPool.Kind.THIN;
    }
}
