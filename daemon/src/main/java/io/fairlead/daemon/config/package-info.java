/**
 * The configuration file: its keys, defaults and checks.
 *
 * <p>Not here: the effects of the values. Threads: values are immutable.
 */
package io.fairlead.daemon.config;
