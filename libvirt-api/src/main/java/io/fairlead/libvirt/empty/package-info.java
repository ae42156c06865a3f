/**
 * The parts of libvirt's API that are empty here: networks, interfaces, devices of the node, secrets, filters.
 *
 * <p>Lives here: answers that there are none, as libvirt gives them, so that clients which ask for everything still
 * work. A part that gets content leaves this package. Not here: calls that would make an object; they are answered as
 * unknown.
 *
 * <p>Threads: everything runs on event loops and reads nothing.
 */
package io.fairlead.libvirt.empty;
