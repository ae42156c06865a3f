/**
 * Threads that a part of the engine owns.
 *
 * <p>Lives here: worker threads and a timer, and the factory of threads with names. Not here: work that is done on
 * them. Threads: any may hand in work.
 */
package io.fairlead.kit.thread;
