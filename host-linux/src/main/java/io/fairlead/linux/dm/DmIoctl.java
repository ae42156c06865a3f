package io.fairlead.linux.dm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One request to {@code /dev/mapper/control} and its answer: a fixed head, then data (struct dm_ioctl,
 * linux/dm-ioctl.h).
 * <pre>
 * | version 3x4 | data_size 4 | data_start 4 | target_count 4 | open_count 4 | flags 4 | event_nr 4 |
 * | padding 4 | dev 8 | name 128 | uuid 129 | data 7 |
 * </pre>
 */
final class DmIoctl {
    static final int HEAD_BYTES = 312;

    static final int LIST_DEVICES = 2;
    static final int DEV_CREATE = 3;
    static final int DEV_REMOVE = 4;
    static final int DEV_SUSPEND = 6;
    static final int DEV_STATUS = 7;
    static final int TABLE_LOAD = 9;
    static final int TABLE_STATUS = 12;
    static final int TARGET_MSG = 14;
    static final int DEV_ARM_POLL = 16; // since Linux 4.14

    static final int FLAG_SUSPEND = 1 << 1;
    static final int FLAG_STATUS_TABLE = 1 << 4;
    static final int FLAG_ACTIVE_PRESENT = 1 << 5;
    static final int FLAG_BUFFER_FULL = 1 << 8;
    static final int FLAG_NOFLUSH = 1 << 11;
    static final int FLAG_DATA_OUT = 1 << 16;
    static final int FLAG_DEFERRED_REMOVE = 1 << 17;

    /** Bits 0..5 of the udev part of event_nr: no rule, no link, no probe; nothing waits for udev (libdevmapper.h). */
    static final int UDEV_KEEP_OUT = 0x3f << 16;

    private static final int NAME_AT = 48;
    private static final int NAME_BYTES = 128;
    private static final int UUID_AT = 176;
    private static final int UUID_BYTES = 129;
    private static final int SPEC_BYTES = 40; // struct dm_target_spec
    private static final int SPEC_TYPE_AT = 24;
    private static final int SPEC_TYPE_BYTES = 16;

    private final ByteBuffer buffer;

    /** A request with room for an answer of up to {@code dataBytes} beside the head. */
    DmIoctl(String name, int flags, int eventNumber, int dataBytes) {
        buffer = ByteBuffer.allocate(HEAD_BYTES + dataBytes).order(ByteOrder.nativeOrder());
        buffer.putInt(0, 4); // interface 4.0: understood by every kernel since 2.6
        buffer.putInt(12, buffer.capacity());
        buffer.putInt(16, HEAD_BYTES);
        buffer.putInt(28, flags);
        buffer.putInt(32, eventNumber);
        putText(NAME_AT, NAME_BYTES, name);
    }

    /** The request number of a command: _IOWR(0xfd, command, struct dm_ioctl). */
    static long requestNumber(int command) {
        return 3L << 30 | (long) HEAD_BYTES << 16 | 0xfdL << 8 | command;
    }

    DmIoctl uuid(String uuid) {
        putText(UUID_AT, UUID_BYTES, uuid);
        return this;
    }

    /**
     * Each spec is followed by its parameters, a zero byte and padding to 8; {@code next} counts from the spec's start.
     */
    DmIoctl table(List<DmTarget> table) {
        buffer.putInt(20, table.size());
        int at = HEAD_BYTES;
        for (DmTarget target : table) {
            byte[] parameters = target.parameters().getBytes(StandardCharsets.UTF_8);
            int next = align(SPEC_BYTES + parameters.length + 1);
            buffer.putLong(at, target.startSector()).putLong(at + 8, target.sectors());
            buffer.putInt(at + 20, next);
            putText(at + SPEC_TYPE_AT, SPEC_TYPE_BYTES, target.type());
            buffer.put(at + SPEC_BYTES, parameters);
            at += next;
        }
        return this;
    }

    static int tableBytes(List<DmTarget> table) {
        return table.stream()
                .mapToInt(t -> align(SPEC_BYTES + t.parameters().getBytes(StandardCharsets.UTF_8).length + 1))
                .sum();
    }

    /** struct dm_target_msg: the sector, then the words. */
    DmIoctl message(long sector, String message) {
        buffer.putLong(HEAD_BYTES, sector);
        byte[] words = message.getBytes(StandardCharsets.UTF_8);
        buffer.put(HEAD_BYTES + Long.BYTES, words);
        return this;
    }

    byte[] bytes() {
        return buffer.array();
    }

    boolean bufferFull() {
        return (flags() & FLAG_BUFFER_FULL) != 0;
    }

    int flags() {
        return buffer.getInt(28);
    }

    int eventNumber() {
        return buffer.getInt(32);
    }

    /**
     * The answer's head. The kernel packs dev as makedev does: 12 bits of major above 8 of minor, the rest higher up.
     */
    DmDevice device() {
        long dev = buffer.getLong(40);
        int major = (int) (dev >> 8 & 0xfff);
        int minor = (int) (dev & 0xff | dev >> 12 & 0xfff00);
        return new DmDevice(
                text(NAME_AT, NAME_BYTES),
                text(UUID_AT, UUID_BYTES),
                major,
                minor,
                buffer.getInt(24),
                (flags() & FLAG_SUSPEND) != 0,
                (flags() & FLAG_ACTIVE_PRESENT) != 0,
                (flags() & FLAG_DEFERRED_REMOVE) != 0,
                eventNumber());
    }

    /** The answer's targets; here {@code next} counts from the start of the data. */
    List<DmTarget> targets() {
        List<DmTarget> targets = new ArrayList<>();
        int start = buffer.getInt(16);
        int at = start;
        for (int i = 0; i < buffer.getInt(20); i++) {
            int next = start + buffer.getInt(at + 20);
            targets.add(new DmTarget(
                    buffer.getLong(at),
                    buffer.getLong(at + 8),
                    text(at + SPEC_TYPE_AT, SPEC_TYPE_BYTES),
                    text(at + SPEC_BYTES, next - at - SPEC_BYTES)));
            at = next;
        }
        return targets;
    }

    /** The answer to LIST_DEVICES (struct dm_name_list): dev 8, next 4 from this entry or 0 at the last, name. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        int at = buffer.getInt(16);
        if (buffer.getInt(12) <= at || buffer.getLong(at) == 0) {
            return names;
        }
        while (true) {
            names.add(text(at + 12, NAME_BYTES));
            int next = buffer.getInt(at + 8);
            if (next == 0) {
                return names;
            }
            at += next;
        }
    }

    /** The answer to a message, empty unless the target wrote one. */
    String reply() {
        return (flags() & FLAG_DATA_OUT) == 0
                ? ""
                : text(buffer.getInt(16), buffer.capacity() - buffer.getInt(16)).strip();
    }

    private static int align(int bytes) {
        return bytes + 7 & ~7;
    }

    private void putText(int at, int room, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= room) {
            throw new IllegalArgumentException(
                    "'%s' has %d bytes (expected: below %d)".formatted(text, bytes.length, room));
        }
        buffer.put(at, bytes);
    }

    private String text(int at, int room) {
        int end = at;
        int limit = Math.min(at + room, buffer.capacity());
        while (end < limit && buffer.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - at];
        buffer.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
