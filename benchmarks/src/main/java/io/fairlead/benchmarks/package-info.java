/**
 * How fast and how large the daemon is, beside libvirt's own LXC driver, in one sitting through the same clients; and what
 * of ours should cost no more than something simpler, beside that: volumes beside folders, thin clones beside system calls.
 *
 * <p>Lives here: what is measured, the alternation of the two, the table. Not here: how daemons are started
 * (conformance-tests), any assertion; a number that misses its target is printed, not thrown.
 * Threads: one, except where a figure is about many connections.
 */
package io.fairlead.benchmarks;
