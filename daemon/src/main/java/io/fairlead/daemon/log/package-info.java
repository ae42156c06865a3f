/**
 * Where the daemon's own messages go: warnings to standard error, everything of the chosen level to a file that is
 * rotated by size. Containers' console logs are not here ({@code backend.console}).
 */
package io.fairlead.daemon.log;
