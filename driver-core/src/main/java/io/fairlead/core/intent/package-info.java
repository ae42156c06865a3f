/**
 * What was asked of each domain, and what came of it: the record that a daemon leaves to the next one.
 *
 * <p>Lives here: the wish to run, the latest request, restart policy and count, the last end, and the file that keeps
 * them. Not here: acting on them ({@code core.life}), definitions and autostart marks ({@code core.store}), facts
 * about a running guest, which belong to the back end.
 *
 * <p>Threads: values are immutable. The store may be used by any thread, by one at a time for each domain.
 */
package io.fairlead.core.intent;
