/**
 * The C library as Java methods, and its failures as exceptions.
 *
 * <p>Lives here: native declarations, errno, raw descriptors, whole-file access to kernel files. Not here: the purpose
 * of a call; that is the business of the packages beside this one. Threads: everything may be called from any thread; a
 * call blocks when the kernel does.
 */
package io.fairlead.linux.sys;
