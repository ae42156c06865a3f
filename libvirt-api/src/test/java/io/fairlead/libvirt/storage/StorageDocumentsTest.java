package io.fairlead.libvirt.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Code and origin (virErrorNumber, virErrorDomain) of refused documents, as libvirtd 9.0 answers them. */
class StorageDocumentsTest {
    private static void refused(int code, int origin, Executable call) {
        RpcError error = assertThrows(RpcException.class, call).error();
        assertEquals(code, error.code(), error.message());
        assertEquals(origin, error.domain(), error.message());
    }

    @Test
    void pool_whenItIsWrong_namesItsOrigin() {
        refused(35, 18, () -> StorageDocuments.pool("<pool>", false));
        refused(27, 5, () -> StorageDocuments.pool("<domain/>", false));
        refused(27, 5, () -> StorageDocuments.pool("<pool type='foo'/>", false));
        refused(27, 18, () -> StorageDocuments.pool("<pool type='dir'><name>a/b</name></pool>", false));
    }

    @Test
    void volume_whenItIsWrong_namesItsOrigin() {
        refused(35, 18, () -> StorageDocuments.volume("<volume>", false));
        refused(27, 5, () -> StorageDocuments.volume("<pool/>", false));
        refused(67, 18, () -> StorageDocuments.volume("<volume type='foo'><name>v</name></volume>", false));
        refused(
                8,
                0,
                () -> StorageDocuments.volume(
                        "<volume><name>v</name><capacity unit='foo'>1</capacity></volume>", false));
    }

    @Test
    void source_whenItIsWrong_namesItsOrigin() {
        refused(35, 18, () -> StorageDocuments.source("<source>"));
        refused(27, 5, () -> StorageDocuments.source("<pool/>"));
    }
}
