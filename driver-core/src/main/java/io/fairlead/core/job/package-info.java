/**
 * Jobs: who may change a domain now.
 *
 * <p>Lives here: one slot per domain, waiting for it, and giving it up when what its holder works on is gone. Not here:
 * what a change does ({@code core.domain}). Threads: a job belongs to whoever has it, not to a thread.
 */
package io.fairlead.core.job;
