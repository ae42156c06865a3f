/**
 * The commands that a person types to reach into a container: {@code exec} and {@code logs}.
 *
 * <p>Lives here: their options, a client's connection to the daemon, the terminal of the person. Not here: what the
 * calls do ({@code libvirt}), their form on the wire ({@code rpc.protocol}). Each command is a short-lived process that
 * loads as few classes as it can, and neither picocli nor Netty's network part is among them.
 *
 * <p>Threads: the main thread reads from the daemon; others copy the input and follow the size of the terminal.
 */
package io.fairlead.daemon.client;
