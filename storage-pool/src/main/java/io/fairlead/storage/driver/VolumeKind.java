package io.fairlead.storage.driver;

/** The kind of a volume in the file system. */
public enum VolumeKind {
    FILE,
    BLOCK,
    DIRECTORY
}
