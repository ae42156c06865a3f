package io.fairlead.benchmarks;

import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.LibvirtdServer;
import io.fairlead.conformance.server.TestPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures all figures of storage, on daemons of their own. */
final class StorageFigures {
    private static final String SCRIPT = "volumes.py";

    private StorageFigures() {}

    static List<Figure> measure() throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (Contender ours = new Contender(FairleadServer.start(), SCRIPT)) {
            Map<String, TestPool.Kind> kinds =
                    Map.of("overlay", TestPool.Kind.FOLDER, "btrfs on a loop device", TestPool.Kind.BTRFS);
            for (String kind : List.of("overlay", "btrfs on a loop device")) {
                try (TreePool pool = TreePool.start(ours, kinds.get(kind))) {
                    figures.addAll(new CloneFigures(ours, pool, kind).measure());
                    figures.addAll(new StartFigures(ours, pool, kind).measure());
                }
            }
            try (Contender theirs = new Contender(LibvirtdServer.start(), SCRIPT)) {
                figures.addAll(new TransferFigures(ours, theirs).measure());
            }
        }
        figures.addAll(ThinFigures.measure());
        return figures;
    }
}
