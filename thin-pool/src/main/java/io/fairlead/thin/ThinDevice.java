package io.fairlead.thin;

/**
 * One thin device as in our records. A record is committed after the kernel has made the device, and marked REMOVING
 * before the kernel forgets it. So a record that is CREATED names an existing device.
 *
 * @param name unique in the pool but for devices that are REMOVING, at most {@value #NAME_LENGTH_MAX} characters of
 *     [A-Za-z0-9._-]
 * @param deviceId the kernel's number, never used twice in the life of a pool
 * @param sizeBytes virtual size, a multiple of 512; the pool itself keeps no sizes
 * @param origin name of the device it is a snapshot of, or null
 * @param content its content, in its owner's words, such as {@code ext4}; at most {@value #CONTENT_LENGTH_MAX}
 *     characters
 * @param role decides whether it is a volume; its name does not
 */
public record ThinDevice(
        String name, int deviceId, long sizeBytes, String origin, String content, Stage stage, ThinRole role) {
    /** dm-thin keeps ids in 24 bits (drivers/md/dm-thin.c, MAX_DEV_ID). */
    public static final int DEVICE_ID_MAX = (1 << 24) - 1;

    /** Leaves room for our prefix in the device mapper's 127 bytes. */
    public static final int NAME_LENGTH_MAX = 64;

    public static final int CONTENT_LENGTH_MAX = 64;

    /** LOST: recorded, but the kernel has no such device; kept for the administrator to see. */
    public enum Stage {
        CREATED,
        REMOVING,
        LOST
    }

    public ThinDevice {
        if (!name.matches("[A-Za-z0-9._-]{1," + NAME_LENGTH_MAX + "}") || name.startsWith(".")) {
            throw new IllegalArgumentException(
                    "name: '%s' (expected: 1..%d of A-Za-z0-9._-, no dot first)".formatted(name, NAME_LENGTH_MAX));
        }
        if (deviceId < 0 || deviceId > DEVICE_ID_MAX) {
            throw new IllegalArgumentException("deviceId: %d (expected: 0..%d)".formatted(deviceId, DEVICE_ID_MAX));
        }
        if (sizeBytes <= 0 || sizeBytes % 512 != 0) {
            throw new IllegalArgumentException(
                    "sizeBytes: %d (expected: a positive multiple of 512)".formatted(sizeBytes));
        }
        if (content.length() > CONTENT_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "content: '%s' (expected: at most %d characters)".formatted(content, CONTENT_LENGTH_MAX));
        }
    }

    ThinDevice at(Stage next) {
        return new ThinDevice(name, deviceId, sizeBytes, origin, content, next, role);
    }

    ThinDevice playing(ThinRole newRole) {
        return new ThinDevice(name, deviceId, sizeBytes, origin, content, stage, newRole);
    }

    /** With the name and the part of another device, which gives them up. */
    ThinDevice inPlaceOf(ThinDevice old) {
        return new ThinDevice(old.name, deviceId, sizeBytes, old.origin, content, stage, old.role);
    }

    ThinDevice resized(long newSizeBytes) {
        return new ThinDevice(name, deviceId, newSizeBytes, origin, content, stage, role);
    }
}
