/**
 * The engine: what an API works with, whichever wire it answers on. Everything it is made of lies in the packages below.
 */
package io.fairlead.core;
