package io.fairlead.backend.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An OCI runtime whose internals are known here: its options, and how a created container is started. */
public record OciRuntime(Kind kind, Path program) {
    public enum Kind {
        /** Written in C, takes about 10 ms; version 1.8 refuses hosts that mount both cgroup versions. */
        CRUN,
        /** Written in Go, takes about 25 ms. */
        RUNC
    }

    /** @throws IllegalArgumentException if the program's name is neither crun nor runc */
    public static OciRuntime of(Path program) {
        return switch (program.getFileName().toString()) {
            case "crun" -> new OciRuntime(Kind.CRUN, program);
            case "runc" -> new OciRuntime(Kind.RUNC, program);
            default -> throw new IllegalArgumentException("runtime: %s (expected: crun or runc)".formatted(program));
        };
    }

    /** Options before the command, for state below {@code stateDirectory} and groups that this daemon can see. */
    List<String> globalOptions(Path stateDirectory) {
        List<String> options = new ArrayList<>();
        options.add("--root=" + stateDirectory);
        if (kind == Kind.CRUN) {
            // runc takes cgroupfs unless told otherwise.
            options.add("--cgroup-manager=cgroupfs");
        }
        return options;
    }

    List<String> command(Path stateDirectory, String... words) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(globalOptions(stateDirectory));
        command.addAll(List.of(words));
        return command;
    }
}
