package io.fairlead.storage.driver;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.regex.Pattern;

/**
 * Why something failed, in words for a client: the object of the attempt, then the C library's words. Names of system
 * calls, of constants and of our own files are left out, since no user knows them. The log has all of that.
 */
final class FailureWords {
    private static final Pattern OURS =
            Pattern.compile("[^ ',]*/" + Pattern.quote(VolumeNames.RESERVED_PREFIX) + "[^ ',:]*");

    private FailureWords() {}

    /** @param said the words for the attempt; a path that is in there is not said again */
    static String of(IOException failure, String said) {
        if (failure instanceof ErrnoException e) {
            return on(e.subject(), e.words(), said);
        }
        if (failure instanceof FileSystemException e) {
            return on(e.getFile(), reason(e), said);
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : withoutOurs(message);
    }

    private static String on(String subject, String words, String said) {
        boolean known = subject == null
                || said.contains(subject)
                || OURS.matcher(subject).find();
        return known ? words : subject + ": " + words;
    }

    /** The Java library says some reasons by the exception's type alone. */
    private static String reason(FileSystemException e) {
        int errno = e instanceof NoSuchFileException
                ? Errno.ENOENT
                : e instanceof DirectoryNotEmptyException
                        ? Errno.ENOTEMPTY
                        : e instanceof FileAlreadyExistsException
                                ? Errno.EEXIST
                                : e instanceof AccessDeniedException
                                        ? Errno.EACCES
                                        : e instanceof NotDirectoryException ? Errno.ENOTDIR : 0;
        return errno != 0 ? Errno.words(errno) : e.getReason() == null ? "failed" : e.getReason();
    }

    private static String withoutOurs(String message) {
        return OURS.matcher(message).replaceAll("the pool's own files");
    }
}
