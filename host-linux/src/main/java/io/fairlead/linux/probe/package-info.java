/**
 * The features of this host for running containers, in a form for people to read.
 *
 * <p>Lives here: looking and telling. Nothing is changed, loaded or installed. Not here: which features are required;
 * the caller decides that. No threads.
 */
package io.fairlead.linux.probe;
