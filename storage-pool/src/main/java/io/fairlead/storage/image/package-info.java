/**
 * Images of disks in formats such as qcow2.
 *
 * <p>Lives here: what a file's first bytes say of it, read with bounds and without ever following a name in them, and making, converting and
 * resizing images with the program qemu-img. Not here: where files lie and what they are called. Threads: any.
 */
package io.fairlead.storage.image;
