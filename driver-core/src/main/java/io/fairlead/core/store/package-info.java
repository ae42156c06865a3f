/**
 * The persistent domains: their definitions and autostart marks.
 *
 * <p>Lives here: files below the state directory, each written whole (temporary file, fsync, rename, fsync of the
 * directory). A new one is in a journal first. Not here: what was asked of a domain ({@code core.intent}), the files of
 * running guests, which belong to the back end.
 * Threads: any; the domain's job serialises its writers.
 */
package io.fairlead.core.store;
