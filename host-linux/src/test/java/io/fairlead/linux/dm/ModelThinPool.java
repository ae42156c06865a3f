package io.fairlead.linux.dm;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The metadata device of a thin pool, as the model keeps it: it outlives the pool's table, as the real one outlives a
 * crash. Blocks are only counted, never stored.
 */
public final class ModelThinPool {
    /** A thin device's state; {@code blocks} are its mapped blocks. */
    record Thin(long blocks, int origin) {}

    final Map<Integer, Thin> thins = new TreeMap<>();
    long dataBlocks;
    long metadataBlocks;
    private long metadataDeviceBlocks;
    long transactionId;
    Mode mode = Mode.WRITE;
    boolean needsCheck;
    boolean blank = true;
    private boolean refusesGrowth;

    /** Pool modes of drivers/md/dm-thin.c that a user can meet. */
    public enum Mode {
        WRITE("rw"),
        OUT_OF_DATA_SPACE("out_of_data_space"),
        READ_ONLY("ro"),
        FAIL("Fail");

        private final String word;

        Mode(String word) {
            this.word = word;
        }
    }

    public ModelThinPool(long dataBlocks, long metadataBlocks) {
        this.dataBlocks = dataBlocks;
        this.metadataBlocks = metadataBlocks;
        this.metadataDeviceBlocks = metadataBlocks;
    }

    /** The device below has become larger; the pool takes that when its table is loaded again. */
    public void growMetadataDevice(long blocks) {
        metadataDeviceBlocks = blocks;
    }

    /** Pretends that a guest wrote: maps blocks to a device, and runs the pool out of space as the kernel would. */
    public void write(int id, long blocks) {
        Thin thin = thins.get(id);
        if (usedDataBlocks() + blocks > dataBlocks) {
            mode = Mode.OUT_OF_DATA_SPACE;
            return;
        }
        thins.put(id, new Thin(thin.blocks() + blocks, thin.origin()));
    }

    /** A metadata failure: the kernel aborts its transaction, goes read-only and asks for a check. */
    public void breakMetadata() {
        mode = Mode.READ_ONLY;
        needsCheck = true;
    }

    /** From now on the kernel cannot make it larger, such as for want of metadata. */
    public void refuseGrowth() {
        refusesGrowth = true;
    }

    /** Loses a thin device, as a repair of damaged metadata may. */
    public void forget(int id) {
        thins.remove(id);
    }

    /** Whether no table has ever been made live on it. */
    public boolean isBlank() {
        return blank;
    }

    public Set<Integer> ids() {
        return Set.copyOf(thins.keySet());
    }

    boolean growTo(long blocks) {
        if (blocks < dataBlocks || blocks > dataBlocks && refusesGrowth) {
            return false;
        }
        blank = false;
        if (needsCheck) {
            return true; // the kernel says so in its log, and nothing else happens
        }
        dataBlocks = blocks;
        metadataBlocks = metadataDeviceBlocks;
        if (mode == Mode.OUT_OF_DATA_SPACE && usedDataBlocks() < dataBlocks) {
            mode = Mode.WRITE;
        }
        return true;
    }

    long usedDataBlocks() {
        return thins.values().stream().mapToLong(Thin::blocks).sum();
    }

    String status() {
        if (mode == Mode.FAIL) {
            return "Fail";
        }
        return "%d %d/%d %d/%d - %s discard_passdown error_if_no_space %s 1024"
                .formatted(
                        transactionId,
                        Math.min(metadataBlocks, 10 + thins.size()),
                        metadataBlocks,
                        usedDataBlocks(),
                        dataBlocks,
                        mode.word,
                        needsCheck ? "needs_check" : "-");
    }
}
