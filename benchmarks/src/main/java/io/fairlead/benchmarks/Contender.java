package io.fairlead.benchmarks;

import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.Server;
import java.util.HashMap;
import java.util.Map;

/** A daemon that is measured, with its client and the samples taken so far. */
final class Contender implements AutoCloseable {
    private final Server server;
    private final PythonClient client;
    private final Map<String, Samples> samples = new HashMap<>();

    /** @param script that the client runs: client.py or volumes.py */
    Contender(Server server, String script) {
        this.server = server;
        RootTree root = RootTree.below(server.directory());
        client = new PythonClient(script, server.uri(), server.directory(), root.path());
    }

    Server server() {
        return server;
    }

    void run(String command) {
        client.ask(command);
    }

    /** Records the duration of a client's command under a name. */
    void sample(String name, String command) {
        samples.computeIfAbsent(name, key -> new Samples()).addAll(client.ask(command));
    }

    Samples of(String name) {
        return samples.get(name);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
