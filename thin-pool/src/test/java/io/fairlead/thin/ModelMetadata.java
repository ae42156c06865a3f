package io.fairlead.thin;

import io.fairlead.linux.dm.ModelThinPool;
import java.util.Optional;

/** The metadata device of a model pool. Strict: only blank ones may go unchecked into a first start. */
final class ModelMetadata implements PoolMetadata {
    private final ModelThinPool pool;

    /** The faults that a check finds. */
    String problem;

    /** Pretends that the device was exchanged for a new one. */
    boolean blank;

    ModelMetadata(ModelThinPool pool) {
        this.pool = pool;
    }

    @Override
    public boolean isBlank(String device) {
        return blank || pool.isBlank();
    }

    @Override
    public Optional<String> problem(String device) {
        if (pool.isBlank()) {
            throw new AssertionError("a blank device was checked: thin_check would call it damaged");
        }
        return Optional.ofNullable(problem);
    }
}
