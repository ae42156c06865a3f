package io.fairlead.daemon.doctor;

import java.io.PrintStream;
import java.util.List;

/** Prints the findings of checks, one aligned line each. */
final class Report {
    private static final int SUBJECT_WIDTH = 20;

    private final PrintStream out;
    private int problems;

    Report(PrintStream out) {
        this.out = out;
    }

    void add(Check check) {
        List<Line> lines = check.look();
        if (lines.isEmpty()) {
            return;
        }
        out.println(check.title());
        lines.forEach(this::print);
        out.println();
    }

    private void print(Line line) {
        out.printf("  %-2s  %-" + SUBJECT_WIDTH + "s  %s%n", line.level().mark(), line.subject(), line.detail());
        if (!line.remedy().isEmpty()) {
            out.printf("      %" + SUBJECT_WIDTH + "s  > %s%n", "", line.remedy());
        }
        if (line.level() == Line.Level.PROBLEM) {
            problems++;
        }
    }

    int problems() {
        return problems;
    }
}
