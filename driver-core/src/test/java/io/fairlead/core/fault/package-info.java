/** Faults on call n, with which fakes turn every step of the engine into a crash test. */
package io.fairlead.core.fault;
