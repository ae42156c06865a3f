/**
 * What happens to domains.
 *
 * <p>Lives here: the occurrences that the engine publishes. Not here: the bus ({@code kit.event}), the making of events
 * ({@code core.domain}), and the form in which clients see them, with its numbers (each API). Threads: values only.
 */
package io.fairlead.core.event;
