/**
 * The configuration file: its keys, defaults and checks.
 *
 * <p>Not here: what the values do. Threads: values are immutable.
 */
package io.fairlead.daemon.config;
