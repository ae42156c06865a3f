/**
 * The device mapper: create, load, suspend, resume and remove mapped devices, and talk to their targets.
 *
 * <p>Lives here: the {@code DeviceMapper} interface, its ioctl form (linux/dm-ioctl.h) and the values that cross it.
 * Not here: the meaning of a thin pool, device ids, records. Nothing here waits for udev: the caller makes its own node
 * from the numbers the kernel returns. Threads: any; the kernel serialises per device.
 */
package io.fairlead.linux.dm;
