package io.fairlead.storage.directory;

import io.fairlead.core.error.EngineException;
import io.fairlead.core.error.ErrorCode;
import io.fairlead.core.error.ErrorDomain;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.StorageErrors;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;

/** What the file system refuses, in libvirt's codes. */
final class DirectoryErrors {
    interface Act<T> {
        T run() throws IOException;
    }

    private DirectoryErrors() {}

    /** Messages of the Java library lack the reason where the kernel's have it, so the common ones are put in words. */
    static <T> T tried(String what, Act<T> act) {
        try {
            return act.run();
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EBUSY) {
                throw new EngineException(
                        ErrorCode.RESOURCE_BUSY, ErrorDomain.STORAGE, "cannot %s: it is in use".formatted(what), e);
            }
            throw StorageErrors.failed(what, e);
        } catch (NoSuchFileException e) {
            throw StorageErrors.failed(what, new IOException(e.getMessage() + ": No such file or directory", e));
        } catch (DirectoryNotEmptyException e) {
            throw StorageErrors.failed(what, new IOException("Directory not empty", e));
        } catch (IOException e) {
            throw StorageErrors.failed(what, e);
        }
    }
}
