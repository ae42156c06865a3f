package io.fairlead.storage.layer;

import java.io.IOException;

/** An archive is damaged, or holds something that it may not. The message says which, without naming the entry. */
final class TarException extends IOException {
    TarException(String message) {
        super(message);
    }

    TarException(String message, Throwable cause) {
        super(message, cause);
    }
}
