/**
 * Snapshots of domains as XML.
 *
 * <p>Lives here: what a client sends to make a snapshot or to define one again, checked and typed, and what it gets to see of
 * one. Not here: which file systems can be in a snapshot, how snapshots hang together, and anything on a disk. Threads:
 * documents are immutable.
 */
package io.fairlead.xml.snapshot;
