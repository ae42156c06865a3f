package io.fairlead.linux.dm;

import io.fairlead.linux.sys.ErrnoException;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's device mapper. Every method throws {@link ErrnoException} with the kernel's errno: EBUSY
 * for a name or uuid that exists and for a device that is open, ENXIO for one that does not exist.
 */
public interface DeviceMapper {
    /** Makes an empty device, without a table; its node is the caller's affair. */
    DmDevice create(String name, String uuid) throws ErrnoException;

    /** Loads a table into the inactive slot; {@link #resume} makes it live. */
    void load(String name, List<DmTarget> table) throws ErrnoException;

    /** Makes the loaded table live, if there is one, and lets I/O flow. */
    DmDevice resume(String name) throws ErrnoException;

    /** Stops I/O after flushing; a mounted file system is frozen first, so that the device's content is consistent. */
    void suspend(String name) throws ErrnoException;

    /** Removes the device; an open one fails with EBUSY, or goes when its last opener leaves if {@code deferred}. */
    void remove(String name, boolean deferred) throws ErrnoException;

    /** Takes a deferred removal back. @throws ErrnoException EBUSY or ENXIO when it is too late for that */
    void keep(String name) throws ErrnoException;

    /** The device, or empty if there is none of that name. */
    Optional<DmDevice> find(String name) throws ErrnoException;

    /** Names of all devices, in the kernel's order. */
    List<String> names() throws ErrnoException;

    /** The live table. */
    List<DmTarget> table(String name) throws ErrnoException;

    /** The live table's status; an unflushed look, so that it never waits for I/O. */
    List<DmTarget> status(String name) throws ErrnoException;

    /** Says something to the target that maps the given sector and returns its answer, empty if it has none. */
    String message(String name, long sector, String message) throws ErrnoException;

    /** Listens for events of any device from now on. The caller closes it. */
    DmEvents events() throws ErrnoException;
}
