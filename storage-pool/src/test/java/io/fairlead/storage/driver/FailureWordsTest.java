package io.fairlead.storage.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureWordsTest {
    @Test
    void of_aSystemCall_saysTheReasonAndTheUsersPathButNeitherCallNorConstant() {
        assertEquals("/p/v1: Is a directory", words(new ErrnoException(Errno.EISDIR, "open", "/p/v1")));
        assertEquals("/dev/x on /p: Invalid argument", words(new ErrnoException(22, "mount", "/dev/x on /p")));
    }

    @Test
    void of_aFileOfOurs_saysTheReasonAlone() {
        assertEquals("File too large", words(new ErrnoException(27, "ftruncate", "/p/.fairlead-new-ab-1")));
        assertEquals(
                "No such file or directory",
                words(new NoSuchFileException("/p/.fairlead/trees/x -> /p/.fairlead/trees/y")));
        assertEquals(
                "mkfs on the pool's own files: exit status 1",
                words(new IOException("mkfs on /p/.fairlead-new-ab-1/x: exit status 1")));
    }

    @Test
    void of_theJavaLibrary_addsTheReasonThatItLeavesOut() {
        assertEquals("/p: No such file or directory", words(new NoSuchFileException("/p")));
        assertEquals("/p: Directory not empty", words(new DirectoryNotEmptyException("/p")));
        assertEquals("/p: Permission denied", words(new AccessDeniedException("/p")));
        assertEquals("/p: Stale file handle", words(new FileSystemException("/p", null, "Stale file handle")));
    }

    @Test
    void of_aPathThatIsSaidAlready_doesNotRepeatIt() {
        assertEquals(
                "No such file or directory", FailureWords.of(new NoSuchFileException("/p"), "open directory '/p'"));
    }

    private static String words(IOException failure) {
        return FailureWords.of(failure, "do something");
    }
}
