package io.fairlead.conformance.uml;

import io.fairlead.conformance.CasesForUml;
import io.fairlead.conformance.guest.DebianTree;
import java.nio.file.Path;

/** Debian boots in containers on a kernel with pure cgroup v2. */
class UmlSystemdTest extends UmlCases {
    UmlSystemdTest() {
        super(CasesForUml.systems());
    }

    @Override
    void prepare(Path directory) {
        DebianTree.prepare(directory);
    }

    @Override
    String options(Path directory) {
        return "-D%s=%s".formatted(DebianTree.PREPARED, directory);
    }
}
