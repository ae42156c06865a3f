/**
 * The parts of the containers under test: root trees, domain definitions, and a way to ask questions from inside.
 *
 * <p>Not here: any daemon or client. Threads: each value stands alone; root trees may be shared read-only.
 */
package io.fairlead.conformance.guest;
