/**
 * Numbers for monitoring, over HTTP in Prometheus' format, read from memory when they are asked for. docs/production.md
 * explains each of them.
 */
package io.fairlead.daemon.metrics;
