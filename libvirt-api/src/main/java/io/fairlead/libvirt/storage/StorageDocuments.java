package io.fairlead.libvirt.storage;

import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.libvirt.procedure.Documents;
import io.fairlead.xml.schema.LibvirtSchemas;
import io.fairlead.xml.storage.PoolSourceElement;
import io.fairlead.xml.storage.StoragePoolDocument;
import io.fairlead.xml.storage.VolumeRequest;

/** Parses documents of pools and volumes that clients sent. */
final class StorageDocuments {
    private static final LibvirtSchemas SCHEMAS = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);

    private StorageDocuments() {}

    /** @param validate whether the client wants the schema checked, too */
    static StoragePoolDocument pool(String xml, boolean validate) {
        return Documents.read(ErrorDomain.STORAGE, () -> {
            if (validate) {
                SCHEMAS.validate("storagepool.rng", "storage_pool_definition", xml);
            }
            return StoragePoolDocument.parse(xml);
        });
    }

    /** @param validate whether the client wants the schema checked, too */
    static VolumeRequest volume(String xml, boolean validate) {
        return Documents.read(ErrorDomain.STORAGE, () -> {
            if (validate) {
                SCHEMAS.validate("storagevol.rng", "storage_volume_definition", xml);
            }
            return VolumeRequest.parse(xml);
        });
    }

    /** Part of a pool's source, which narrows a search. */
    static PoolSourceElement source(String xml) {
        return Documents.read(ErrorDomain.STORAGE, () -> PoolSourceElement.parse(xml));
    }
}
