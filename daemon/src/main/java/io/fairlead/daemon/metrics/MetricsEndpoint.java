package io.fairlead.daemon.metrics;

import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.rpc.server.ServerCounters;
import io.fairlead.storage.pool.PoolRegistry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Serves the numbers at {@code /metrics}, on threads of its own. */
public final class MetricsEndpoint implements AutoCloseable {
    private final HTTPServer server;

    private MetricsEndpoint(HTTPServer server) {
        this.server = server;
    }

    /** @throws IOException if the address cannot be had */
    public static MetricsEndpoint open(
            InetSocketAddress address, DomainRegistry domains, PoolRegistry pools, ServerCounters libvirt)
            throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new DomainMetrics(domains));
        registry.register(new PoolMetrics(pools));
        registry.register(new ServerMetrics(libvirt));
        JvmMetrics.builder().register(registry);
        return new MetricsEndpoint(HTTPServer.builder()
                .inetAddress(address.getAddress())
                .port(address.getPort())
                .registry(registry)
                .buildAndStart());
    }

    /** Where it serves; the port is the one that was had, if any would do. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
