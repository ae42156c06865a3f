/**
 * A guest's processes from the first to the last: launch through conmon and an OCI runtime, control of the running
 * guest, its end, and adoption of an earlier daemon's guests (docs/decisions/0003).
 *
 * <p>Lives here: the run directory, the monitor's command line and answers, shutdown and signals, clean-up. Not here:
 * the content of config.json ({@code backend.bundle}), the console's data ({@code backend.console}), the meaning of an
 * end for a domain ({@code core.life}).
 *
 * <p>Threads: launches on callers' threads; ends are noticed on the process watcher's thread and handled on an executor
 * of {@link io.fairlead.backend.LxcBackend}; no lock is held while a callback runs.
 */
package io.fairlead.backend.launch;
