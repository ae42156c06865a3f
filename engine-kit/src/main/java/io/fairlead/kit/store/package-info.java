/**
 * Files that survive the death of the daemon, and what is said to be on the disk a power cut, too.
 *
 * <p>Lives here: writing a file whole or not at all, and the journal that makes new files quick. Not here: the meaning
 * of a file; each part of the engine names and reads its own. Threads: any, one at a time for each file.
 */
package io.fairlead.kit.store;
