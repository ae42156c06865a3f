package io.fairlead.backend.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are those of crun 1.8.1 and runc 1.1.5. */
class StartFailureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127 | executable file `nosuch` not found in $PATH: No such file or directory",
                "126 | open executable: Permission denied",
                "126 | chdir `/nope`: No such file or directory",
                "127 | exec failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH",
                "127 | exec failed: unable to start container process: exec: \"/nosuch\": stat /nosuch: no such file or directory",
                "126 | exec failed: unable to start container process: exec: \"/etc/passwd\": permission denied",
                "126 | exec failed: unable to start container process: chdir to cwd (\"/nope\") set in config.json failed: no such file or directory",
                "126 | exec failed: unable to start container process: exec /bin/x: exec format error",
                "-1 | the container `x` is not running",
                "-1 | exec failed: unable to start container process: error starting setns process: fork/exec /proc/self/exe: no such file or directory",
                "-1 | open `/proc/77/ns/mnt`: No such file or directory",
                "-1 | cannot allocate memory"
            })
    void status_ofTheRuntimesMessages_isThatOfAShell(int status, String message) {
        assertEquals(status, StartFailure.status(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exec failed: unable to start container process: exec: no | exec: no",
                "runc exec failed: unable to start container process: exec: no | exec: no",
                "executable file not found | executable file not found"
            })
    void words_leaveOutWhatRuncPutsInFront(String message, String words) {
        assertEquals(words, StartFailure.words(message));
    }
}
