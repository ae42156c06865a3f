package io.fairlead.rpc.protocol;

/** Calls for storage volumes. */
public final class StorageVolumeCalls {
    private StorageVolumeCalls() {}

    public static final Signature<StorageVolCreateXmlArgs, StorageVolRef> STORAGE_VOL_CREATE_XML =
            Signature.of(RemoteProcedure.STORAGE_VOL_CREATE_XML, StorageVolCreateXmlArgs.class, StorageVolRef.class);
    public static final Signature<StorageVolDeleteArgs, Void> STORAGE_VOL_DELETE =
            Signature.of(RemoteProcedure.STORAGE_VOL_DELETE, StorageVolDeleteArgs.class, Void.class);
    public static final Signature<StorageVolLookupByNameArgs, StorageVolRef> STORAGE_VOL_LOOKUP_BY_NAME = Signature.of(
            RemoteProcedure.STORAGE_VOL_LOOKUP_BY_NAME, StorageVolLookupByNameArgs.class, StorageVolRef.class);
    public static final Signature<StorageVolLookupByKeyArgs, StorageVolRef> STORAGE_VOL_LOOKUP_BY_KEY = Signature.of(
            RemoteProcedure.STORAGE_VOL_LOOKUP_BY_KEY, StorageVolLookupByKeyArgs.class, StorageVolRef.class);
    public static final Signature<StorageVolLookupByPathArgs, StorageVolRef> STORAGE_VOL_LOOKUP_BY_PATH = Signature.of(
            RemoteProcedure.STORAGE_VOL_LOOKUP_BY_PATH, StorageVolLookupByPathArgs.class, StorageVolRef.class);
    public static final Signature<StorageVolRef, StorageVolGetInfoRet> STORAGE_VOL_GET_INFO =
            Signature.of(RemoteProcedure.STORAGE_VOL_GET_INFO, StorageVolRef.class, StorageVolGetInfoRet.class);
    public static final Signature<StorageVolGetXmlDescArgs, StorageVolGetXmlDescRet> STORAGE_VOL_GET_XML_DESC =
            Signature.of(
                    RemoteProcedure.STORAGE_VOL_GET_XML_DESC,
                    StorageVolGetXmlDescArgs.class,
                    StorageVolGetXmlDescRet.class);
    public static final Signature<StorageVolRef, StorageVolGetPathRet> STORAGE_VOL_GET_PATH =
            Signature.of(RemoteProcedure.STORAGE_VOL_GET_PATH, StorageVolRef.class, StorageVolGetPathRet.class);
    public static final Signature<StorageVolCreateXmlFromArgs, StorageVolRef> STORAGE_VOL_CREATE_XML_FROM =
            Signature.of(
                    RemoteProcedure.STORAGE_VOL_CREATE_XML_FROM,
                    StorageVolCreateXmlFromArgs.class,
                    StorageVolRef.class);
    public static final Signature<StorageVolWipeArgs, Void> STORAGE_VOL_WIPE =
            Signature.of(RemoteProcedure.STORAGE_VOL_WIPE, StorageVolWipeArgs.class, Void.class);
    public static final Signature<StorageVolUploadArgs, Void> STORAGE_VOL_UPLOAD =
            Signature.of(RemoteProcedure.STORAGE_VOL_UPLOAD, StorageVolUploadArgs.class, Void.class);
    public static final Signature<StorageVolDownloadArgs, Void> STORAGE_VOL_DOWNLOAD =
            Signature.of(RemoteProcedure.STORAGE_VOL_DOWNLOAD, StorageVolDownloadArgs.class, Void.class);
    public static final Signature<StorageVolWipePatternArgs, Void> STORAGE_VOL_WIPE_PATTERN =
            Signature.of(RemoteProcedure.STORAGE_VOL_WIPE_PATTERN, StorageVolWipePatternArgs.class, Void.class);
    public static final Signature<StorageVolResizeArgs, Void> STORAGE_VOL_RESIZE =
            Signature.of(RemoteProcedure.STORAGE_VOL_RESIZE, StorageVolResizeArgs.class, Void.class);
    public static final Signature<StorageVolGetInfoFlagsArgs, StorageVolGetInfoFlagsRet> STORAGE_VOL_GET_INFO_FLAGS =
            Signature.of(
                    RemoteProcedure.STORAGE_VOL_GET_INFO_FLAGS,
                    StorageVolGetInfoFlagsArgs.class,
                    StorageVolGetInfoFlagsRet.class);

    public record StorageVolCreateXmlArgs(StoragePoolRef pool, String xml, int flags) {}

    public record StorageVolDeleteArgs(StorageVolRef vol, int flags) {}

    public record StorageVolLookupByNameArgs(StoragePoolRef pool, String name) {}

    public record StorageVolLookupByKeyArgs(String key) {}

    public record StorageVolLookupByPathArgs(String path) {}

    public record StorageVolGetInfoRet(int type, long capacity, long allocation) {}

    public record StorageVolGetXmlDescArgs(StorageVolRef vol, int flags) {}

    public record StorageVolGetXmlDescRet(String xml) {}

    public record StorageVolGetPathRet(String name) {}

    public record StorageVolCreateXmlFromArgs(StoragePoolRef pool, String xml, StorageVolRef clonevol, int flags) {}

    public record StorageVolWipeArgs(StorageVolRef vol, int flags) {}

    public record StorageVolUploadArgs(StorageVolRef vol, long offset, long length, int flags) {}

    public record StorageVolDownloadArgs(StorageVolRef vol, long offset, long length, int flags) {}

    public record StorageVolWipePatternArgs(StorageVolRef vol, int algorithm, int flags) {}

    public record StorageVolResizeArgs(StorageVolRef vol, long capacity, int flags) {}

    public record StorageVolGetInfoFlagsArgs(StorageVolRef vol, int flags) {}

    public record StorageVolGetInfoFlagsRet(int type, long capacity, long allocation) {}
}
