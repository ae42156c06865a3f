package io.fairlead.thin;

import io.fairlead.linux.dm.ModelDeviceMapper;
import java.util.List;

/** Records whose n-th change kills the caller, before or after it has taken effect. */
final class MortalRecords implements ThinRecords {
    private final ThinRecords records;
    private final ModelDeviceMapper deviceMapper;
    private int calls;
    private int failAt = -1;
    private boolean afterwards;

    /** @param deviceMapper takes no calls of the killed caller either */
    MortalRecords(ThinRecords records, ModelDeviceMapper deviceMapper) {
        this.records = records;
        this.deviceMapper = deviceMapper;
    }

    void failOnCall(int n, boolean afterwards) {
        this.failAt = n;
        this.afterwards = afterwards;
    }

    int calls() {
        return calls;
    }

    private void step(Runnable change) {
        calls++;
        if (calls == failAt && !afterwards) {
            throw deviceMapper.die();
        }
        change.run();
        if (calls == failAt) {
            throw deviceMapper.die();
        }
    }

    @Override
    public List<ThinDevice> devices() {
        return records.devices();
    }

    @Override
    public Counters counters() {
        return records.counters();
    }

    @Override
    public void put(ThinDevice device) {
        step(() -> records.put(device));
    }

    @Override
    public void putBoth(ThinDevice first, ThinDevice second) {
        step(() -> records.putBoth(first, second));
    }

    @Override
    public void remove(int deviceId) {
        step(() -> records.remove(deviceId));
    }

    @Override
    public void reserveIds(int id) {
        step(() -> records.reserveIds(id));
    }

    @Override
    public void settleIds(int id) {
        step(() -> records.settleIds(id));
    }

    @Override
    public void intendTransactionId(long next) {
        step(() -> records.intendTransactionId(next));
    }

    @Override
    public void confirmTransactionId(long current) {
        step(() -> records.confirmTransactionId(current));
    }

    @Override
    public void setIdentity(String uuid) {
        step(() -> records.setIdentity(uuid));
    }

    @Override
    public void setClean(boolean clean) {
        step(() -> records.setClean(clean));
    }

    @Override
    public void close() {
        records.close();
    }
}
