/**
 * Helpers for tests of this and other modules: the needs of a test on the host, and the host's state that it must leave
 * as it was.
 *
 * <p>Ships in the test-jar. No threads.
 */
package io.fairlead.linux.testing;
