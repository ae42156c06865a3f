/**
 * What survives a restart of the daemon: definitions, autostart marks, how each domain last ended.
 *
 * <p>Lives here: files below the state directory, each written whole (temporary file, fsync, rename, fsync of the
 * directory). A new one is in a journal first. Not here: what a running guest leaves behind, which is its back end's. Threads: any; writers of one domain
 * are serialised by its job.
 */
package io.fairlead.core.store;
