package io.fairlead.conformance.client;

import java.util.ArrayList;
import java.util.List;

/** The distribution's virsh, one process per call. */
public record Virsh(String uri, boolean readOnly) {

    public Virsh(String uri) {
        this(uri, false);
    }

    /** The output of a call; a failing call fails the case. */
    public String ok(String... words) {
        return run(words).orFail();
    }

    /** The error output of a call that must fail. */
    public String refused(String... words) {
        return run(words).refused();
    }

    public Outcome run(String... words) {
        return command(words).run();
    }

    public Command command(String... words) {
        List<String> all = new ArrayList<>(List.of("virsh", "-q", "-c", uri));
        if (readOnly) {
            all.add("--readonly");
        }
        all.addAll(List.of(words));
        return Command.of(all);
    }
}
