/**
 * Validation against the RELAX NG schemas that libvirt installs.
 *
 * <p>Lives here: loading a schema once, checking a text against it. Not here: anything that parsing needs; without the
 * schemas everything but validation works. Threads: safe for all.
 */
package io.fairlead.xml.schema;
