/**
 * Measures the daemon's speed and size against libvirt's own LXC driver, in one run through the same clients. Also
 * compares some features with simpler ways that should cost the same: volumes with folders, thin clones with system
 * calls.
 *
 * <p>Lives here: the measurements, the alternation of the two daemons, the table. Not here: the start of daemons
 * (conformance-tests), and assertions: a number that misses its target is printed, not thrown. Threads: one, except
 * where a figure is about many connections.
 */
package io.fairlead.benchmarks;
