/**
 * The lives of guests: launch, requests to a running guest, the end, and the restart that may follow.
 *
 * <p>Lives here: the keeping of what was asked, the meaning of an end, the pace of restarts. Not here: what clients
 * call ({@code core.service}), taking over an earlier daemon's guests (there, too). For the engine alone.
 *
 * <p>Threads: starts and requests run on callers' threads, ends on the back end's, restarts on the engine's own.
 */
package io.fairlead.core.life;
