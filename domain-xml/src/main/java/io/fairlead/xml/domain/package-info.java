/**
 * The domain document: a definition as a client may send it and as clients get it back.
 *
 * <p>Lives here: parsing, printing in all views, and the edits that libvirt's procedures need. Not here: the rules of
 * single elements ({@code domain.normal}), typed values ({@code domain.model}). Threads: immutable, share freely.
 */
package io.fairlead.xml.domain;
