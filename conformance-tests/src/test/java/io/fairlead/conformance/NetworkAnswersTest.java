package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.conformance.server.Server;
import io.fairlead.xml.answers.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Definitions and updates of networks, and definitions of filters: a daemon answers as recorded of libvirt's own. */
class NetworkAnswersTest {

    @Case
    void define_whenGivenEachDocument_answersAsRecorded(Server server) throws IOException {
        assumeTrue(server.isOracle(), "skipped, because Fairlead serves no networks yet; domain-xml tests its answers");
        Path folder = Files.createDirectories(server.directory().resolve("answers"));
        List<String> expected = new ArrayList<>();
        for (String file : List.of("networks.txt", "networks-emptied.txt", "network-updates.txt", "filters.txt")) {
            Files.writeString(folder.resolve(file), Answers.document(file));
            Answers.of(file).forEach(one -> expected.add("> %s\n%s".formatted(one.input(), one.answer())));
        }
        for (String network : List.of("nat.xml", "vepa.xml")) {
            Files.writeString(folder.resolve(network), Answers.document(network));
        }

        String told =
                Scripts.python(server, "answers.py", folder.toString()).run().orFail();

        // As text, so that a new answer can be recorded from the report.
        assertEquals(String.join("\n", expected), told.stripTrailing());
    }
}
