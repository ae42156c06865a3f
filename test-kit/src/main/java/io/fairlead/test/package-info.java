/**
 * What tests of all modules share.
 *
 * <p>Lives here: running a test on random cases. Not here: fakes and documents, which lie beside the tests of the
 * module that they belong to. Nothing but tests depends on this. Threads: a test's own.
 */
package io.fairlead.test;
