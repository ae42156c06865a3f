/**
 * The same cases on another kernel: User-Mode Linux, an unprivileged process of this machine with pure cgroup v2.
 *
 * <p>Lives here: booting it, and running cases inside it. Not here: any case.
 * Threads: one.
 */
package io.fairlead.conformance.uml;
