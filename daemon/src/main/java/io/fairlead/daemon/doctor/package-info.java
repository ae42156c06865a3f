/**
 * What this host offers to containers, what is missing, and what brings it.
 *
 * <p>Lives here: questions and how their answers read. Not here: any change to the host. A check reads files and asks
 * programs for their version; nothing it does needs root, though some answers do. Threads: one.
 */
package io.fairlead.daemon.doctor;
