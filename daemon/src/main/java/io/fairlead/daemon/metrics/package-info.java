/**
 * Numbers for monitoring, over HTTP in Prometheus' format, read from memory when they are asked for. What each means stands in
 * docs/production.md.
 */
package io.fairlead.daemon.metrics;
