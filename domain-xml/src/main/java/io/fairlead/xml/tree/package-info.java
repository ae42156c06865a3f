/**
 * XML as an immutable tree, kept as it was written: attributes in order, prefixes, comments, mixed content.
 *
 * <p>Lives here: the nodes, the reader with its limits, the writer in libvirt's style, and the possible faults of a
 * document. Not here: the meaning of any element. Threads: everything is immutable or made for one call.
 */
package io.fairlead.xml.tree;
