package io.fairlead.daemon.doctor;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Runs every check and prints the results. */
public final class Doctor {
    private Doctor() {}

    /**
     * @param state where the instance keeps its definitions
     * @return whether all is well
     */
    public static boolean examine(Path state, PrintStream out) {
        HostFiles host = HostFiles.own();
        return examine(
                List.of(
                        HostCheck.own(),
                        new ProgramsCheck(host),
                        new ClientsCheck(host),
                        new DefinitionsCheck(state),
                        new PoolsCheck(state)),
                out);
    }

    static boolean examine(List<Check> checks, PrintStream out) {
        Report report = new Report(out);
        checks.forEach(report::add);
        if (report.problems() == 0) {
            out.println("Containers can run here.");
        } else {
            out.printf("%d to put right, marked !! above.%n", report.problems());
        }
        return report.problems() == 0;
    }
}
