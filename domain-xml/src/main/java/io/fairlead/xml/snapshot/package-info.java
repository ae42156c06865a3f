/**
 * Snapshots of domains as XML.
 *
 * <p>Lives here: a client's document for making a snapshot or defining one again, checked and typed, and the document a
 * client gets of one. Not here: which file systems can be in a snapshot, how snapshots hang together, and anything on a
 * disk. Threads: documents are immutable.
 */
package io.fairlead.xml.snapshot;
