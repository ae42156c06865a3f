package io.fairlead.conformance;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Client programs in other languages, kept as resources; each gets the connection's URI as its first argument. */
final class Scripts {
    private Scripts() {}

    /** With Debian's own interpreter, whose libvirt module is package python3-libvirt. */
    static Command python(Server server, String script, String... arguments) {
        return command("/usr/bin/python3", server.uri(), server.directory(), script, arguments);
    }

    /** With Debian's libsys-virt-perl. */
    static Command perl(Server server, String script, String... arguments) {
        return command("/usr/bin/perl", server.uri(), server.directory(), script, arguments);
    }

    static Command command(String interpreter, String uri, Path directory, String script, String... arguments) {
        // Modules that the other scripts import lie beside them.
        unpack(directory, "eventloop.py");
        List<String> words =
                new ArrayList<>(List.of(interpreter, unpack(directory, script).toString(), uri));
        words.addAll(List.of(arguments));
        return Command.of(words);
    }

    static Path unpack(Path directory, String script) {
        Path file = directory.resolve(script);
        try (InputStream text = Scripts.class.getResourceAsStream("/io/fairlead/conformance/scripts/" + script)) {
            if (text == null) {
                throw new AssertionError("no script " + script);
            }
            if (!Files.exists(file)) {
                Files.copy(text, file);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
