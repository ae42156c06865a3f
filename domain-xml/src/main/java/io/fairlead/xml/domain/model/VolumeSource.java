package io.fairlead.xml.domain.model;

/** A volume of a storage pool, as the source of a file system or disk of type volume names it. */
public record VolumeSource(String pool, String volume) {
    @Override
    public String toString() {
        return pool + "/" + volume;
    }
}
