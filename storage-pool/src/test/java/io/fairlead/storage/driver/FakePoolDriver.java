package io.fairlead.storage.driver;

import io.fairlead.kit.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Pools in memory, as strict as a real driver: nothing starts that was not built, nothing is deleted that runs, and the
 * n-th call fails when a test asks for that.
 */
public final class FakePoolDriver implements PoolDriver {
    private final String type;
    private final Set<UUID> built = new HashSet<>();
    private final Map<UUID, FakePoolBackend> pools = new ConcurrentHashMap<>();
    private List<PoolSpec.Source> sources; // null for a type that cannot list any
    private int callsUntilFailure = Integer.MAX_VALUE;
    private volatile CountDownLatch host; // null for pools of this machine

    public FakePoolDriver(String type) {
        this.type = type;
    }

    /** Lets the n-th call from now fail, counted over the driver and all its pools. */
    public synchronized void failOnCall(int n) {
        callsUntilFailure = n;
    }

    /** The sources that it finds from now on, wherever it looks. */
    public void hasSources(PoolSpec.Source... found) {
        sources = List.of(found);
    }

    /** From now on the pools lie on another host, which answers no start before this is counted down. */
    public void waitFor(CountDownLatch answer) {
        host = answer;
    }

    @Override
    public boolean isRemote() {
        return host != null;
    }

    private void awaitHost() {
        try {
            if (host != null && !host.await(1, TimeUnit.MINUTES)) {
                throw StorageErrors.of(ErrorCode.OPERATION_TIMEOUT, "the host does not answer");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized void called(String what) {
        if (--callsUntilFailure == 0) {
            callsUntilFailure = Integer.MAX_VALUE;
            throw StorageErrors.of(ErrorCode.SYSTEM_ERROR, "cannot %s: EIO".formatted(what));
        }
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public List<PoolSpec.Source> findSources(Optional<PoolSpec.Source> where) {
        return sources == null ? PoolDriver.super.findSources(where) : sources;
    }

    @Override
    public void check(PoolSpec spec) {
        if (spec.target().isEmpty()) {
            throw StorageErrors.of(ErrorCode.XML_ERROR, "missing storage pool target path");
        }
    }

    @Override
    public void build(PoolSpec spec, Build build) {
        called("build pool");
        built.add(spec.uuid());
        if (build == Build.OVERWRITE) {
            pools.remove(spec.uuid());
        }
    }

    @Override
    public PoolBackend start(PoolSpec spec) {
        awaitHost();
        called("start pool");
        if (!built.contains(spec.uuid())) {
            throw StorageErrors.of(
                    ErrorCode.SYSTEM_ERROR,
                    "cannot open path '%s'".formatted(spec.target().orElseThrow()));
        }
        FakePoolBackend pool = pools.computeIfAbsent(
                spec.uuid(), uuid -> new FakePoolBackend(this, spec.target().orElseThrow(), new TreeMap<>()));
        if (pool.isActive()) {
            throw new IllegalStateException("a daemon has not let go of the pool");
        }
        pool.setActive(true);
        return pool;
    }

    @Override
    public void delete(PoolSpec spec) {
        called("delete pool");
        FakePoolBackend pool = pools.get(spec.uuid());
        if (pool != null && (pool.isActive() || !pool.isEmpty())) {
            throw StorageErrors.of(ErrorCode.SYSTEM_ERROR, "cannot remove the pool: ENOTEMPTY");
        }
        pools.remove(spec.uuid());
        built.remove(spec.uuid());
    }
}
