/**
 * The engine: the services that every API works with, whatever its wire protocol. Its parts lie in the packages below.
 */
package io.fairlead.core;
