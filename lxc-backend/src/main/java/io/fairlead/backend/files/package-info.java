/**
 * How this back end writes its own small files.
 *
 * <p>Lives here: permissions, and writing files whole or not at all. Not here: the files' content. Threads: callers'
 * own.
 */
package io.fairlead.backend.files;
