/**
 * The form of errors for libvirt clients.
 *
 * <p>Lives here: the conversion of the engine's and the documents' failures, and errors with libvirt's own words that
 * only this module raises. Not here: the numbers ({@code libvirt.number}) and the engine's errors ({@code kit.error}).
 *
 * <p>Threads: no state; any thread.
 */
package io.fairlead.libvirt.error;
