/**
 * Locks for things that have names.
 *
 * <p>Lives here: locks that are held for the time of one act. Not here: the right to change a domain, which may outlast
 * a thread ({@code kit.job}), and locks between processes ({@code linux.file}). Threads: any.
 */
package io.fairlead.kit.lock;
