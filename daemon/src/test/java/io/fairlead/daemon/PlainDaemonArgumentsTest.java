package io.fairlead.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainDaemonArgumentsTest {
    @Test
    void parse_aDaemonAsUsersStartIt_isUnderstood() {
        assertEquals(Optional.of(new InstanceChoice(null, null)), PlainDaemonArguments.parse("daemon"));
        assertEquals(
                Optional.of(new InstanceChoice(Path.of("/a b"), Path.of("c=d"))),
                PlainDaemonArguments.parse("daemon", "--root", "/a b", "--config=c=d"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "version",
                "doctor --root /a",
                "daemon --help",
                "daemon -h",
                "daemon --root",
                "daemon --root --config",
                "daemon --root=",
                "daemon --root /a --root /b",
                "daemon --root @file",
                "daemon --root '/a'",
                "daemon --frob /a",
                "daemon /a --root"
            })
    void parse_anythingElse_isLeftToPicocli(String line) {
        assertEquals(Optional.empty(), PlainDaemonArguments.parse(line.split(" ")));
    }
}
