/**
 * Files written so that they survive, and trees that may have been filled by an attacker.
 *
 * <p>Lives here: durable writes, copying, filling and deletion of trees, paths resolved beneath a root, lock files.
 * Not here: files of the kernel ({@code linux.sys.KernelFile}). No threads.
 */
package io.fairlead.linux.file;
