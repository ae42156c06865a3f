/**
 * Jobs: the right to change a domain.
 *
 * <p>Lives here: one slot per domain, waiting for it, and freeing it when the object of the change is gone. Not here:
 * the changes themselves ({@code core.service}). Threads: a job belongs to the holder of the object, not to a thread.
 */
package io.fairlead.kit.job;
