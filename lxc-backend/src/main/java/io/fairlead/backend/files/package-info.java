/**
 * How this back end writes its own small files.
 *
 * <p>Lives here: permissions, and files that are there whole or not at all. Not here: what is in them. Threads: callers' own.
 */
package io.fairlead.backend.files;
