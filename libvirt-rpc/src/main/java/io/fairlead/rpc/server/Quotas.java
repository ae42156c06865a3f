package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.Budget;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * How much of a server each user may take, so that no other user can use up root's share.
 *
 * <p>Root, which is user 0 or the server's own, may take everything. All others together may take part of it, those on
 * read-only sockets and those over TLS less, and a single user or remote host still less:
 *
 * <table>
 * <caption>Shares of the whole</caption>
 * <tr><th></th><th>connections</th><th>bytes</th><th>workers</th></tr>
 * <tr><td>all but root</td><td>3/4</td><td>5/8</td><td>3/4</td></tr>
 * <tr><td>all that read only, or all over TLS</td><td>1/2</td><td>1/2</td><td>readers: others, of their own</td></tr>
 * <tr><td>one user or host</td><td>1/4 of those, or 20</td><td>5/16</td><td>readers: half of those</td></tr>
 * </table>
 *
 * <p>5/16 of the usual 128 MiB hold the largest packet there is. Any thread may use this.
 */
final class Quotas {
    /** How many clients of one user are let in on one kind of socket, however small the shares are. */
    private static final int USER_CONNECTIONS_MIN = 20;

    private static final int HANDSHAKES = 256;
    private static final int HANDSHAKES_PER_HOST = 64;
    private static final int SUBSCRIPTIONS = 16_384;
    private static final int SUBSCRIPTIONS_PER_USER = 4_096;

    enum Kind {
        ROOT,
        /** A user other than root on a socket for everything. */
        WRITER,
        /** On a read-only socket. */
        READER,
        /** Over TLS. */
        REMOTE
    }

    /** @param name id of the user or address of the host */
    private record User(Kind kind, Object name) {}

    /** The place of one connection. */
    final class Seat {
        private final User user;
        private final Share share;
        private boolean left; // guarded by this

        private Seat(User user, Share share) {
            this.user = user;
            this.share = share;
        }

        Share share() {
            return share;
        }

        /** Makes room for another connection. Further calls do nothing. */
        synchronized void leave() {
            if (!left) {
                left = true;
                users.computeIfPresent(user, (key, known) -> {
                    known.connections().giveBack(1);
                    return known.connections().used() == 0 ? null : known;
                });
            }
        }
    }

    private final Workers workers;
    private final int readers;
    private final Budget connections;
    private final Budget bytes;
    private final Map<Kind, Share> kinds;
    private final Map<User, Share> users = new ConcurrentHashMap<>();

    Quotas(ServerSettings settings, Workers workers) {
        this.workers = workers;
        readers = settings.readOnlyWorkers();
        connections = new Budget(settings.maxClients());
        bytes = new Budget(settings.memoryBytes());
        Share root = new Share(
                connections.part(settings.maxClients()),
                new Budget(Long.MAX_VALUE),
                bytes.part(settings.memoryBytes()),
                new Budget(Long.MAX_VALUE),
                workers.normal(),
                workers.urgent(),
                workers.streams(),
                ClientLog.unlimited());
        Share others = others(settings);
        kinds = Map.of(
                Kind.ROOT,
                root,
                Kind.WRITER,
                others,
                Kind.READER,
                readers(settings, others),
                Kind.REMOTE,
                remote(others));
    }

    private Share others(ServerSettings settings) {
        return new Share(
                connections.part(atLeastOne(settings.maxClients() * 3 / 4)),
                new Budget(HANDSHAKES),
                bytes.part(settings.memoryBytes() / 8 * 5),
                new Budget(SUBSCRIPTIONS),
                new Lane(workers.normal(), atLeastOne(settings.workers() * 3 / 4)),
                new Lane(workers.urgent(), atLeastOne(settings.urgentWorkers() * 3 / 4)),
                limited(workers.streams(), new Budget(atLeastOne(settings.streamThreads() * 3 / 4))),
                ClientLog.limited());
    }

    private Share readers(ServerSettings settings, Share others) {
        return new Share(
                others.connections().part(atLeastOne(settings.maxClients() / 2)),
                others.handshakes(),
                others.bytes().part(settings.memoryBytes() / 2),
                others.subscriptions().part(SUBSCRIPTIONS / 2),
                workers.readers(),
                workers.readers(),
                others.streams(),
                ClientLog.limited());
    }

    private Share remote(Share others) {
        return new Share(
                others.connections().part(atLeastOne((int) connections.limit() / 2)),
                others.handshakes(),
                others.bytes().part(bytes.limit() / 2),
                others.subscriptions().part(SUBSCRIPTIONS / 2),
                others.workers(),
                others.urgent(),
                others.streams(),
                ClientLog.limited());
    }

    private static int atLeastOne(int count) {
        return Math.max(1, count);
    }

    private static Executor limited(Executor threads, Budget tasks) {
        return task -> {
            if (!tasks.take(1)) {
                throw new RejectedExecutionException("%d tasks run".formatted(tasks.limit()));
            }
            boolean begun = false;
            try {
                threads.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        tasks.giveBack(1);
                    }
                });
                begun = true;
            } finally {
                if (!begun) {
                    tasks.giveBack(1);
                }
            }
        };
    }

    /**
     * Lets a connection in. Returns null when there are too many.
     *
     * @param name id of the user, or address of the host
     */
    Seat enter(Kind kind, Object name) {
        User user = new User(kind, name);
        Seat[] entered = new Seat[1];
        users.compute(user, (key, known) -> {
            Share share = known == null ? of(kind) : known;
            if (share.connections().take(1)) {
                entered[0] = new Seat(user, share);
                return share;
            }
            return known;
        });
        return entered[0];
    }

    private Share of(Kind kind) {
        Share all = kinds.get(kind);
        if (kind == Kind.ROOT) {
            return all;
        }
        boolean reader = kind == Kind.READER;
        long half = reader ? all.connections().limit() : connections.limit() / 2;
        return new Share(
                all.connections().part(Math.max(half / 4, USER_CONNECTIONS_MIN)),
                all.handshakes().part(HANDSHAKES_PER_HOST),
                all.bytes().part(bytes.limit() / 16 * 5),
                all.subscriptions().part(SUBSCRIPTIONS_PER_USER),
                reader ? new Lane(all.workers(), atLeastOne(readers / 2)) : all.workers(),
                reader ? new Lane(all.workers(), atLeastOne(readers / 2)) : all.urgent(),
                all.streams(),
                all.log());
    }

    /** For faults that concern no admitted client. */
    ClientLog log(Kind kind) {
        return kinds.get(kind).log();
    }

    /** All that clients hold at this moment. */
    Budget bytes() {
        return bytes;
    }

    Workers workers() {
        return workers;
    }
}
