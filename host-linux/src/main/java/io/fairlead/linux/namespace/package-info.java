/**
 * Namespaces of processes, as descriptors and as identities.
 *
 * <p>Lives here: opening and comparing. Not here: entering one, which a JVM with its many threads cannot; for short
 * visits of one thread see {@code mount} and {@code netlink}. No threads.
 */
package io.fairlead.linux.namespace;
