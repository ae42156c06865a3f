/**
 * Fairlead's promises to the clients of libvirt, as cases that unmodified clients drive.
 *
 * <p>Lives here: the cases, one class per subject, and the {@link io.fairlead.conformance.Case} annotation that runs
 * each on Fairlead and on libvirt's own LXC driver, the oracle. Not here: starting a daemon (server), calling a client
 * (client), the programs inside a container (guest). Threads: one case at a time.
 */
package io.fairlead.conformance;
