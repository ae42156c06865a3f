/**
 * XML as an immutable tree, kept as it was written: attributes in order, prefixes, comments, mixed content.
 *
 * <p>Lives here: the nodes, the reader with its limits, the writer in libvirt's style, and what can be wrong with a
 * document. Not here: what any element means. Threads: everything is immutable or made for one call.
 */
package io.fairlead.xml.tree;
