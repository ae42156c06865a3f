package io.fairlead.storage.logical;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.thin.ThinPoolException;
import java.io.IOException;

/** Refusals of the thin pool and the kernel, in libvirt's codes. */
final class LogicalErrors {
    interface Act<T> {
        T run() throws IOException;
    }

    private LogicalErrors() {}

    static <T> T tried(String what, Act<T> act) {
        try {
            return act.run();
        } catch (ThinPoolException e) {
            throw new EngineException(
                    code(e.reason()), ErrorDomain.STORAGE, "cannot %s: %s".formatted(what, e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    ErrorCode.INVALID_ARG, ErrorDomain.STORAGE, "cannot %s: %s".formatted(what, e.getMessage()), e);
        } catch (IOException e) {
            throw StorageErrors.failed(what, e);
        }
    }

    private static ErrorCode code(ThinPoolException.Reason reason) {
        return switch (reason) {
            case NO_DEVICE -> ErrorCode.NO_STORAGE_VOLUME;
            case EXISTS -> ErrorCode.STORAGE_VOLUME_EXISTS;
            case BUSY -> ErrorCode.RESOURCE_BUSY;
            case NO_SPACE -> ErrorCode.OPERATION_FAILED;
            case NEEDS_REPAIR, NOT_OURS -> ErrorCode.OPERATION_INVALID;
            case IO -> ErrorCode.SYSTEM_ERROR;
        };
    }
}
