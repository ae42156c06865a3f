/**
 * The engine's errors, under libvirt's names.
 *
 * <p>Lives here: codes, libvirt's names for the origin of an error, and the exception that carries both. Not here:
 * numbers and any other wire form of an error; each API translates.
 */
package io.fairlead.kit.error;
