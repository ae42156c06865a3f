/**
 * What this host offers to somebody who runs containers, for people to read.
 *
 * <p>Lives here: looking and telling. Nothing is changed, loaded or installed. Not here: what is required; that is the
 * caller's to decide. No threads.
 */
package io.fairlead.linux.probe;
