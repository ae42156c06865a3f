package io.fairlead.daemon;

import io.fairlead.backend.bundle.Bundle;
import io.fairlead.backend.bundle.BundleBuilder;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a definition and makes its configuration, again and again, without doing anything with it. The virtual machine
 * compiles what has run some hundred times; so a client's first definitions and starts take as long as all later ones,
 * instead of several times that (define, Java's part: 1 ms at first, 0.2 ms in the end).
 *
 * <p>Takes two or three seconds on a thread of its own and, with its pauses, half a CPU meanwhile. Touches nothing.
 */
final class WarmUp implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int ROUNDS = 1500;
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final int rounds;

    WarmUp(int rounds) {
        this.rounds = rounds;
    }

    static void begin() {
        Thread thread = new Thread(new WarmUp(ROUNDS), "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            BundleBuilder bundles = new BundleBuilder(CgroupLayout.detect(), true, name -> OptionalInt.empty());
            for (int round = 0; round < rounds; round++) {
                configuration(bundles, "warm-up" + round);
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("not warmed up; the first definitions and starts take some milliseconds longer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As a definition by a client, and a start of it up to what the runtime would read. */
    byte[] configuration(BundleBuilder bundles, String name) throws IOException {
        DomainDocument definition = DomainDocument.parse(
                """
                <domain type='lxc'>
                  <name>%s</name>
                  <memory unit='KiB'>65536</memory>
                  <os><type>exe</type><init>/sbin/init</init><initarg>3</initarg></os>
                  <devices>
                    <filesystem type='mount'><source dir='/usr'/><target dir='/'/></filesystem>
                    <console type='pty'/>
                  </devices>
                </domain>
                """
                        .formatted(name));
        BundleBuilder.check(definition);
        DomainDocument stored = DomainDocument.parse(definition.toXml());
        try (Bundle bundle = bundles.begin(stored, Map.of())) {
            return bundles.complete(bundle, Path.of("/unused"), "/unused").json();
        }
    }
}
