package io.fairlead.storage.directory;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.StorageErrors;
import java.io.IOException;

/** Refusals of the file system, in libvirt's codes. */
final class DirectoryErrors {
    interface Act<T> {
        T run() throws IOException;
    }

    private DirectoryErrors() {}

    static <T> T tried(String what, Act<T> act) {
        try {
            return act.run();
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EBUSY) {
                throw new EngineException(
                        ErrorCode.RESOURCE_BUSY, ErrorDomain.STORAGE, "cannot %s: it is in use".formatted(what), e);
            }
            throw StorageErrors.failed(what, e);
        } catch (IOException e) {
            throw StorageErrors.failed(what, e);
        }
    }
}
