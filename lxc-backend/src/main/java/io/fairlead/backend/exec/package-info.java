/**
 * Processes that are started in a running guest from outside, each through a monitor and the OCI runtime's {@code exec}
 * (docs/decisions/0017).
 *
 * <p>Lives here: their folders, records and command lines, their ends, and finding them again after a restart of the
 * daemon. Not here: the guest's own init ({@code backend.launch}), the data of their streams ({@code backend.console}).
 *
 * <p>Threads: starts on callers' threads; ends are noticed on the process watcher's thread and handled on an executor
 * of the back end. No process has a thread.
 */
package io.fairlead.backend.exec;
