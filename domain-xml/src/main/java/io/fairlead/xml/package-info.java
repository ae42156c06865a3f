/**
 * XML documents as libvirt writes them.
 *
 * <p>Everything is in the packages below: {@code tree} (XML as such), {@code value} (one attribute's language), {@code
 * domain} (definitions), {@code facts} (what a container is beyond libvirt's words), {@code storage} (pools, volumes),
 * {@code snapshot}, {@code capabilities}, {@code nativeconfig}, {@code schema}. Threads: documents are immutable.
 */
package io.fairlead.xml;
