package io.fairlead.daemon.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the programs that launch containers. */
record ProgramsCheck(HostFiles host) implements Check {
    @Override
    public String title() {
        return "Programs";
    }

    @Override
    public List<Line> look() {
        List<Line> lines = new ArrayList<>();
        lines.add(version("conmon")
                .map(found -> Line.ok("monitor", found))
                .orElseGet(() -> Line.problem("monitor", "conmon is missing", "apt-get install conmon")));
        lines.add(runtime());
        return lines;
    }

    private Line runtime() {
        List<String> found = new ArrayList<>();
        version("crun").ifPresent(found::add);
        version("runc").ifPresent(found::add);
        return found.isEmpty()
                ? Line.problem("runtime", "neither crun nor runc is there", "apt-get install crun")
                : Line.ok("runtime", String.join("; ", found));
    }

    private Optional<String> version(String program) {
        Optional<Path> path = host.programs().apply(program);
        return path.map(file -> host.answers()
                .apply(List.of(file.toString(), "--version"))
                .orElse(program + ", which does not tell its version"));
    }
}
