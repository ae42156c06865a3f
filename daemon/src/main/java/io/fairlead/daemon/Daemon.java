package io.fairlead.daemon;

import io.fairlead.daemon.config.DaemonConfig;
import io.fairlead.daemon.log.Logs;
import io.fairlead.rpc.server.RpcServer;
import io.fairlead.rpc.server.ServerSettings;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running daemon, from its lock to its end. */
final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final InstanceLock lock;
    private final RpcServer server;

    private Daemon(InstanceLock lock, RpcServer server) {
        this.lock = lock;
        this.server = server;
    }

    static Daemon start(DaemonConfig config) throws IOException {
        Instance instance = Instance.of(config);
        Folders.make(instance);
        InstanceLock lock = InstanceLock.take(instance.run());
        Logs.toFile(
                instance.log().resolve("fairlead.log"),
                config.logLevel().name(),
                config.logFileBytes(),
                config.logFiles());
        LOG.info("fairlead {} starts in {}", Main.Version.number(), instance.state());
        RpcServer server = RpcServer.builder().settings(settings(config)).build();
        new Listeners(config, server).open(instance);
        return new Daemon(lock, server);
    }

    private static ServerSettings settings(DaemonConfig config) {
        return ServerSettings.defaults()
                .withMaxClients(config.maxClients())
                .withKeepAlive(config.keepAliveInterval(), config.keepAliveCount());
    }

    /** Says that clients are served, and returns never: SIGTERM ends the process in a shutdown hook. */
    void serveUntilTerminated() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        System.out.println("ready");
        LOG.info("ready");
        new CountDownLatch(1).await();
    }

    private void stop() {
        LOG.info("stopping; containers keep running");
        server.close();
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("cannot let go of the lock", e);
        }
        LOG.info("stopped");
        Logs.close();
    }
}
