/**
 * The engine's errors, with libvirt's numbers.
 *
 * <p>Lives here: codes, libvirt's names for the origin of an error, and the exception that carries both. Not here: any
 * wire form of an error; each API translates.
 */
package io.fairlead.kit.error;
