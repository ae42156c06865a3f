/**
 * The archives in which layers of images travel, and how one becomes files.
 *
 * <p>Lives here: reading of tar archives, whiteouts, and the rules for archives that nobody vouches for. Not here:
 * where the files lie and how a layer is kept ({@code storage.directory}, {@code storage.logical}), compression,
 * digests, images.
 *
 * <p>Threads: none; one archive is for one thread.
 */
package io.fairlead.storage.layer;
