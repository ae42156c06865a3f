/**
 * What tests of the engine share: faults on call n, engines on a temporary directory, definitions.
 *
 * <p>The fake back end lies beside the ports it fakes, in {@code core.backend}.
 */
package io.fairlead.core.testing;
