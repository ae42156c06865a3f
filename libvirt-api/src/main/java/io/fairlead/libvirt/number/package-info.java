/**
 * libvirt's numbers for the engine's values: errors, events, states of domains, definitions, volumes.
 *
 * <p>Lives here: one exhaustive table per enumeration, so that a new value without a number does not compile. A test
 * compares the tables with libvirt's own constants. Not here: flags of single procedures, which stand beside their use.
 *
 * <p>Threads: no state; any thread.
 */
package io.fairlead.libvirt.number;
