package io.fairlead.daemon.doctor;

import io.fairlead.core.intent.IntentStore;
import io.fairlead.core.store.DefinitionStore;
import io.fairlead.core.store.LoadedDomains;
import io.fairlead.kit.store.DamagedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the definitions of an instance, and the records of what was asked of its domains. Reads them as the daemon
 * does, which may be running.
 */
record DefinitionsCheck(Path state) implements Check {
    @Override
    public String title() {
        return "Definitions in " + state;
    }

    @Override
    public List<Line> look() {
        if (!Files.isDirectory(state.resolve("domains"))) {
            return List.of(Line.ok("domains", "none yet: no daemon has run here"));
        }
        if (!Files.isReadable(state.resolve("domains"))) {
            return List.of(Line.note("domains", "only root can read them", "run this as root"));
        }
        LoadedDomains loaded = DefinitionStore.inspect(state);
        List<Line> lines = new ArrayList<>();
        lines.add(Line.ok("domains", Integer.toString(loaded.domains().size())));
        List<DamagedFile> all = new ArrayList<>(loaded.damaged());
        all.addAll(IntentStore.inspect(state).damaged());
        for (DamagedFile damaged : all) {
            lines.add(Line.problem(
                    "damaged",
                    "%s: %s".formatted(damaged.file(), damaged.problem()),
                    "repair the file and restart the daemon, or move it away"));
        }
        return lines;
    }
}
