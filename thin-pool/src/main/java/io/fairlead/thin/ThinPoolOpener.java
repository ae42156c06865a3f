package io.fairlead.thin;

import io.fairlead.linux.dm.DeviceMapper;
import io.fairlead.linux.dm.DmDevice;
import io.fairlead.linux.dm.DmTarget;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a pool up: assembles it unless an earlier daemon's still stands, makes sure it is ours, and settles what a crash
 * left open. Every step can be repeated, so a crash in here is repaired by the next start.
 */
final class ThinPoolOpener {
    private static final Logger LOG = LoggerFactory.getLogger(ThinPoolOpener.class);

    private final ThinPoolConfig config;
    private final DeviceMapper deviceMapper;
    private final ThinRecords records;

    ThinPoolOpener(ThinPoolConfig config, DeviceMapper deviceMapper, ThinRecords records) {
        this.config = config;
        this.deviceMapper = deviceMapper;
        this.records = records;
    }

    /** Returns the standing pool device, fenced and settled unless it takes no messages. */
    DmDevice open() throws ErrnoException {
        DmDevice pool = assemble();
        ThinPoolStatus status = status(deviceMapper, config.dmName());
        if (!status.takesMessages()) {
            LOG.error(
                    "thin pool {} takes no changes ({}); see docs/production.md, repairing a pool",
                    config.dmName(),
                    status);
            return pool;
        }
        fence(status.transactionId());
        settleUnknownIds();
        finishRemovals();
        markLost(pool);
        return pool;
    }

    static ThinPoolStatus status(DeviceMapper deviceMapper, String dmName) throws ErrnoException {
        return ThinPoolStatus.parse(deviceMapper.status(dmName).get(0).parameters());
    }

    private DmDevice assemble() throws ErrnoException {
        DmTarget target = new DmTarget(0, config.dataSectors(), "thin-pool", config.tableParameters());
        Optional<DmDevice> standing = deviceMapper.find(config.dmName());
        if (standing.isPresent() && standing.get().live()) {
            return standing.get().suspended() ? deviceMapper.resume(config.dmName()) : standing.get();
        }
        if (standing.isEmpty()) {
            deviceMapper.create(config.dmName(), config.dmName());
        }
        deviceMapper.load(config.dmName(), List.of(target));
        return deviceMapper.resume(config.dmName());
    }

    /**
     * The pool's transaction id moves by one at every start, and the records know where to. Another number means a second
     * owner, or records restored from an older copy: writing then would destroy somebody's data.
     */
    private void fence(long found) throws ErrnoException {
        ThinRecords.Counters counters = records.counters();
        if (found != counters.transactionId() && found != counters.nextTransactionId()) {
            throw new ThinPoolException(
                    ThinPoolException.Reason.NOT_OURS,
                    "thin pool %s has transaction id %d (expected: %d or %d): another owner wrote to it, or its records are older"
                            .formatted(config.dmName(), found, counters.transactionId(), counters.nextTransactionId()),
                    null);
        }
        long next = found + 1;
        records.confirmTransactionId(found);
        records.intendTransactionId(next);
        deviceMapper.message(config.dmName(), 0, "set_transaction_id %d %d".formatted(found, next));
        records.confirmTransactionId(next);
    }

    /** Ids that were reserved but have no record belong to calls that nobody was told had succeeded. */
    private void settleUnknownIds() throws ErrnoException {
        ThinRecords.Counters counters = records.counters();
        List<Integer> recorded =
                records.devices().stream().map(ThinDevice::deviceId).toList();
        for (int id = counters.settledId(); id < counters.reservedId(); id++) {
            if (!recorded.contains(id) && deleteId(deviceMapper, config.dmName(), id)) {
                LOG.info("thin pool {}: removed device id {} of a creation that was cut short", config.dmName(), id);
            }
        }
        records.settleIds(counters.reservedId());
    }

    private void finishRemovals() throws ErrnoException {
        for (ThinDevice device : records.devices()) {
            if (device.stage() == ThinDevice.Stage.REMOVING) {
                try {
                    removeForGood(config.dmName(), deviceMapper, records, device);
                } catch (ErrnoException e) {
                    LOG.warn("thin pool {}: {} stays to be removed", config.dmName(), device.name(), e);
                }
            }
        }
    }

    private void markLost(DmDevice pool) throws ErrnoException {
        String probe = config.dmName() + "-probe";
        for (ThinDevice device : records.devices()) {
            if (device.stage() == ThinDevice.Stage.CREATED && !exists(pool, probe, device)) {
                LOG.error(
                        "thin pool {}: device {} (id {}) is recorded but gone",
                        config.dmName(),
                        device.name(),
                        device.deviceId());
                records.put(device.at(ThinDevice.Stage.LOST));
            }
        }
    }

    /** A table that names a missing id cannot be loaded; loading alone activates nothing. */
    private boolean exists(DmDevice pool, String probe, ThinDevice device) throws ErrnoException {
        if (deviceMapper.find(probe).isEmpty()) {
            deviceMapper.create(probe, probe);
        }
        try {
            deviceMapper.load(probe, List.of(thinTarget(pool, device)));
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENODATA) {
                return false;
            }
            throw e;
        } finally {
            deviceMapper.remove(probe, false);
        }
    }

    static DmTarget thinTarget(DmDevice pool, ThinDevice device) {
        return new DmTarget(
                0,
                device.sizeBytes() / DmTarget.SECTOR_BYTES,
                "thin",
                "%d:%d %d".formatted(pool.major(), pool.minor(), device.deviceId()));
    }

    /** The second half of a removal: the record says REMOVING. Repeating it is harmless. */
    static void removeForGood(String dmName, DeviceMapper deviceMapper, ThinRecords records, ThinDevice device)
            throws ErrnoException {
        String name = dmName + "-" + device.name();
        if (deviceMapper.find(name).isPresent()) {
            deviceMapper.remove(name, false);
        }
        deleteId(deviceMapper, dmName, device.deviceId());
        records.remove(device.name());
    }

    /** Returns false if there was no such id. */
    private static boolean deleteId(DeviceMapper deviceMapper, String dmName, int id) throws ErrnoException {
        try {
            deviceMapper.message(dmName, 0, "delete " + id);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENODATA) {
                return false;
            }
            throw e;
        }
    }
}
