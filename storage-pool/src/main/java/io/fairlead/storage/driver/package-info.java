/**
 * What a type of pool owes the rest of storage: {@link io.fairlead.storage.driver.PoolDriver} for pools of the type,
 * {@link io.fairlead.storage.driver.PoolBackend} for one active pool.
 *
 * <p>Lives here: those two interfaces, the values that pass through them, what a volume may be called, and the errors all
 * drivers share. Not here: any driver ({@code storage.directory} has dir, fs and netfs; {@code storage.logical} has the thin
 * pool), XML, which pools there are and who may change one now ({@code storage.pool}).
 *
 * <p>Threads: {@code storage.pool} calls; it lets changes of one pool's volumes of the same name follow each other, and
 * never calls {@code stop} or {@code delete} while another call runs. Reads may come at any time from any thread.
 */
package io.fairlead.storage.driver;
