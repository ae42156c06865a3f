/**
 * Shared parts of the engine's tests: faults on call n, engines on a temporary directory, definitions.
 *
 * <p>The fake back end lies beside the ports it fakes, in {@code core.backend}.
 */
package io.fairlead.core.testing;
