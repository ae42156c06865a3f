/**
 * The life of domains: the state of each, the legal moves, and the events about them.
 *
 * <p>Lives here: states, transitions, the registry, autostart and the handling of exits. Not here: how a guest is
 * launched ({@code core.backend} is the port), the record of what was asked ({@code core.intent}), any wire format, any
 * file path ({@code core.store}).
 *
 * <p>Threads: reads ({@link io.fairlead.core.domain.Domain#status()}, the registry's lists) are lock-free and never
 * wait. Changes of one domain are serialised by its job ({@code kit.job}); no lock is held while an event is
 * delivered.
 */
package io.fairlead.core.domain;
