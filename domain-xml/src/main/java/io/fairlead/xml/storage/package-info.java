/**
 * Storage pools and volumes as XML.
 *
 * <p>Lives here: a client's document for defining a pool or making a volume, checked and typed, and the documents a
 * client gets of them. Not here: which pool types work, the rules for names of volumes, and anything on a disk.
 * Threads: documents are immutable.
 */
package io.fairlead.xml.storage;
