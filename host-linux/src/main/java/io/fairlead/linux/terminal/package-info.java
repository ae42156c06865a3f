/**
 * The terminal of the person who typed a command.
 *
 * <p>Lives here: its modes and its size. Not here: terminals of containers, which their monitors hold. No threads.
 */
package io.fairlead.linux.terminal;
