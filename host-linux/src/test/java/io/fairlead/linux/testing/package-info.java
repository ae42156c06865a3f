/**
 * What tests of this and other modules need of the host, and what they must leave as it was.
 *
 * <p>Ships in the test-jar. No threads.
 */
package io.fairlead.linux.testing;
