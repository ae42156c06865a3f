/**
 * Undoing the steps of an action that failed in the middle.
 *
 * <p>Lives here: the list of undos. Not here: repair after the death of the daemon, which each part of the engine does
 * from its own records. Threads: an action's own.
 */
package io.fairlead.kit.undo;
