/**
 * Logging of the daemon's own messages. Warnings go to standard error, and messages of the chosen level go to a file
 * that is rotated by size. Containers' console logs are not here ({@code backend.console}).
 */
package io.fairlead.daemon.log;
