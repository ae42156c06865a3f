/**
 * Images of disks in formats such as qcow2.
 *
 * <p>Lives here: reading a file's first bytes, with bounds and without ever following a name in them; making,
 * converting and resizing images with the program qemu-img. Not here: the places and names of files.
 * Threads: any.
 */
package io.fairlead.storage.image;
