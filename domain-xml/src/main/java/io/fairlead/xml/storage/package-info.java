/**
 * Storage pools and volumes as XML.
 *
 * <p>Lives here: what a client sends to define a pool or to make a volume, checked and typed, and what it gets to see of
 * them. Not here: which pool types work, what a volume may be called, and anything on a disk. Threads: documents are
 * immutable.
 */
package io.fairlead.xml.storage;
