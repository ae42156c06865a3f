package io.fairlead.daemon.metrics;

import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.rpc.server.ServerCounters;
import io.fairlead.storage.pool.PoolRegistry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the numbers at {@code /metrics}, on threads of its own. Any program that reaches the address may connect. So
 * the number of connections and the time of each are limited: the process's open files are needed elsewhere.
 */
public final class MetricsEndpoint implements AutoCloseable {
    /** Read once, when the first server of the process is made (module jdk.httpserver). */
    private static final Map<String, String> LIMITS = Map.of(
            "jdk.httpserver.maxConnections", "64",
            "sun.net.httpserver.maxIdleConnections", "16",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "20");

    private static final int THREADS = 8;

    private final HTTPServer server;
    private final ExecutorService threads;

    private MetricsEndpoint(HTTPServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** @throws IOException if the address cannot be used */
    public static MetricsEndpoint open(
            InetSocketAddress address, DomainRegistry domains, PoolRegistry pools, ServerCounters libvirt)
            throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new DomainMetrics(domains));
        registry.register(new PoolMetrics(pools));
        registry.register(new ServerMetrics(libvirt));
        JvmMetrics.builder().register(registry);
        LIMITS.forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                System.setProperty(key, value);
            }
        });
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, DaemonThreads.numbered("metrics"));
        try {
            HTTPServer server = HTTPServer.builder()
                    .inetAddress(address.getAddress())
                    .port(address.getPort())
                    .executorService(threads)
                    .registry(registry)
                    .buildAndStart();
            return new MetricsEndpoint(server, threads);
        } catch (IOException e) {
            threads.shutdownNow();
            throw e;
        }
    }

    /** The address in use, with the port that the kernel chose if the given port was 0. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.close();
        threads.shutdownNow();
    }
}
