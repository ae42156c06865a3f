package io.fairlead.conformance;

import io.fairlead.conformance.client.Metrics;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Scratch;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A daemon of its own that offers metrics. */
record MeteredServer(FairleadServer daemon, int port, Path directory) implements AutoCloseable {
    static MeteredServer start() throws IOException {
        Path directory = Scratch.newDirectory();
        int port;
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        Path config =
                Files.writeString(directory.resolve("fairlead.conf"), "metrics_addr = 127.0.0.1:%d%n".formatted(port));
        return new MeteredServer(FairleadServer.start("--config", config.toString()), port, directory);
    }

    Metrics metrics() {
        String url = "http://127.0.0.1:%d/metrics".formatted(port);
        return Metrics.parse(Scripts.command("/usr/bin/python3", url, directory, "metrics.py")
                .run()
                .orFail());
    }

    @Override
    public void close() {
        daemon.close();
        Scratch.delete(directory);
    }
}
