package io.fairlead.thin;

import io.fairlead.linux.dm.DeviceMapper;
import io.fairlead.linux.dm.DmDevice;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.thin.ThinPoolException.Reason;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a pool up: assembles it unless an earlier daemon's still stands, makes sure it is ours, and finishes changes
 * that a crash cut off. Every step can be repeated, so the next start repairs a crash in here.
 */
final class ThinPoolOpener {
    private static final Logger LOG = LoggerFactory.getLogger(ThinPoolOpener.class);

    private final ThinPoolConfig config;
    private final ThinPlatform platform;
    private final DeviceMapper deviceMapper;
    private final ThinRecords records;

    ThinPoolOpener(ThinPoolConfig config, ThinPlatform platform, ThinRecords records) {
        this.config = config;
        this.platform = platform;
        this.deviceMapper = platform.deviceMapper();
        this.records = records;
    }

    /** Returns the standing pool's devices, fenced and settled unless the pool takes no messages. */
    ThinMapping open() throws IOException {
        ThinMapping mapping = new ThinMapping(config.dmName(), platform, assemble());
        ThinPoolStatus status = status(deviceMapper, config.dmName());
        if (!status.takesMessages()) {
            LOG.error(
                    "thin pool {} takes no changes ({}); see docs/production.md, repairing a pool",
                    config.dmName(),
                    status);
            return mapping;
        }
        requireKnownTransaction(status.transactionId());
        new PoolIdentity(platform, config).verify(mapping, records.counters().identity());
        fence(status.transactionId());
        settleUnknownIds(mapping);
        settleKnownDevices(mapping);
        return mapping;
    }

    static ThinPoolStatus status(DeviceMapper deviceMapper, String dmName) throws ErrnoException {
        return ThinPoolStatus.parse(deviceMapper.status(dmName).get(0).parameters());
    }

    private DmDevice assemble() throws IOException {
        Optional<DmDevice> standing = deviceMapper.find(config.dmName());
        if (standing.isPresent() && standing.get().live()) {
            return takeOver(standing.get());
        }
        requireSoundMetadata();
        records.setClean(false);
        if (standing.isEmpty()) {
            deviceMapper.create(config.dmName(), config.dmName());
        }
        deviceMapper.load(config.dmName(), List.of(config.target()));
        return deviceMapper.resume(config.dmName());
    }

    /** A crash may have left it suspended, and its data device may have grown meanwhile. */
    private DmDevice takeOver(DmDevice standing) throws ErrnoException {
        DmDevice pool = standing.suspended() ? deviceMapper.resume(config.dmName()) : standing;
        if (deviceMapper.table(config.dmName()).get(0).sectors() >= config.dataSectors()) {
            return pool;
        }
        deviceMapper.load(config.dmName(), List.of(config.target()));
        deviceMapper.suspend(config.dmName());
        return deviceMapper.resume(config.dmName());
    }

    /** Assembling writes, so whether these are our metadata, and whole, is found out before. */
    private void requireSoundMetadata() throws IOException {
        ThinRecords.Counters counters = records.counters();
        boolean blank = platform.metadata().isBlank(config.metadataDevice());
        if (counters.identity() == null && !blank) {
            throw notOurs("%s holds a pool that its records do not know".formatted(config.metadataDevice()));
        }
        if (blank && counters.nextTransactionId() > 0) {
            throw notOurs("%s is blank, but its records know a pool".formatted(config.metadataDevice()));
        }
        if (counters.identity() == null) {
            records.setIdentity(UUID.randomUUID().toString());
        }
        if (!blank && !counters.clean()) {
            check();
        }
    }

    private void check() throws IOException {
        Optional<String> problem = platform.metadata().problem(config.metadataDevice());
        if (problem.isPresent()) {
            throw new ThinPoolException(
                    Reason.NEEDS_REPAIR,
                    "the metadata of thin pool %s on %s are damaged (%s); nothing has been changed, see docs/production.md, repairing a pool"
                            .formatted(config.dmName(), config.metadataDevice(), firstLine(problem.get())),
                    null);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private ThinPoolException notOurs(String why) {
        return new ThinPoolException(Reason.NOT_OURS, "thin pool %s: %s".formatted(config.dmName(), why), null);
    }

    private void requireKnownTransaction(long found) {
        ThinRecords.Counters counters = records.counters();
        if (found != counters.transactionId() && found != counters.nextTransactionId()) {
            throw notOurs(
                    "its transaction id is %d (expected: %d or %d): another owner wrote to it, or its records are older"
                            .formatted(found, counters.transactionId(), counters.nextTransactionId()));
        }
    }

    /**
     * The pool's transaction id moves by one at every start, and the records know where to. Another number means a
     * second owner, or records restored from an older copy: writing then would destroy foreign data.
     */
    private void fence(long found) throws ErrnoException {
        long next = found + 1;
        records.confirmTransactionId(found);
        records.intendTransactionId(next);
        deviceMapper.message(config.dmName(), 0, "set_transaction_id %d %d".formatted(found, next));
        records.confirmTransactionId(next);
    }

    /** A reserved id without a record belongs to a call that never reported success. */
    private void settleUnknownIds(ThinMapping mapping) throws ErrnoException {
        ThinRecords.Counters counters = records.counters();
        Set<Integer> recorded = new HashSet<>();
        records.devices().forEach(device -> recorded.add(device.deviceId()));
        for (int id = counters.settledId(); id < counters.reservedId(); id++) {
            if (!recorded.contains(id) && mapping.deleteId(id)) {
                LOG.info("thin pool {}: removed device id {} of a creation that was cut short", config.dmName(), id);
            }
        }
        records.settleIds(counters.reservedId());
    }

    private void settleKnownDevices(ThinMapping mapping) throws ErrnoException {
        for (ThinDevice device : records.devices()) {
            if (device.stage() == ThinDevice.Stage.CREATED && mapping.exists(device)) {
                mapping.settle(device);
            } else if (device.stage() == ThinDevice.Stage.CREATED) {
                LOG.error(
                        "thin pool {}: device {} (id {}) is recorded but gone",
                        config.dmName(),
                        device.name(),
                        device.deviceId());
                records.put(device.at(ThinDevice.Stage.LOST));
            }
        }
    }
}
