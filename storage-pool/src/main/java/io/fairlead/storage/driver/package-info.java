/**
 * The duties of a type of pool towards the rest of storage: {@link io.fairlead.storage.driver.PoolDriver} for pools of
 * the type, {@link io.fairlead.storage.driver.PoolBackend} for one active pool.
 *
 * <p>Lives here: those two interfaces, the values that pass through them, the rules for names of volumes, and the
 * errors all drivers share. Not here: any driver ({@code storage.directory} has dir, fs and netfs;
 * {@code storage.logical} has the thin pool), XML, which pools there are and which changes are allowed now
 * ({@code storage.pool}).
 *
 * <p>Threads: {@code storage.pool} makes the calls. Its changes of one volume follow each other, and it never calls
 * {@code stop} or {@code delete} while another call runs. Reads may come at any time from any thread.
 */
package io.fairlead.storage.driver;
