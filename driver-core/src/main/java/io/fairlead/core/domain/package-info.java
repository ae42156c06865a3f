/**
 * Domains: the state of each, the legal moves, and the list of all.
 *
 * <p>Lives here: states and moves, one look at a domain ({@link io.fairlead.core.domain.DomainStatus}), the registry, a
 * guest's life as an object. Not here: what makes a domain move ({@code core.life}, {@code core.service}), how a guest
 * is launched ({@code core.backend} is the port), any wire format, any file path ({@code core.store}).
 *
 * <p>Threads: reads ({@link io.fairlead.core.domain.Domain#status()}, the registry's lists) are lock-free and never
 * wait. Changes of one domain are serialised by its job ({@code kit.job}); no lock is held while an event is delivered.
 */
package io.fairlead.core.domain;
