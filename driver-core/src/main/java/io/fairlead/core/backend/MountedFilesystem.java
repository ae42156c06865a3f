package io.fairlead.core.backend;

/**
 * One file system a guest sees (virDomainFSInfo).
 *
 * @param mountpoint inside the guest
 * @param name device or source on the host
 * @param type kernel name, such as ext4
 */
public record MountedFilesystem(String mountpoint, String name, String type) {}
