/**
 * Checks which features this host has for containers, which are missing, and how to get them.
 *
 * <p>Lives here: checks and the text of their findings. Not here: any change to the host. A check reads files and asks
 * programs for their version. It runs without root, but some findings need root. Threads: one.
 */
package io.fairlead.daemon.doctor;
