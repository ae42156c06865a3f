package io.fairlead.core.intent;

import static java.util.Optional.empty;

import io.fairlead.core.backend.GuestExit;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The file form of an intent, see docs/formats/intents.md. Unknown elements, attributes and words of a later version
 * are passed over; a word that is not known counts as the one that asks for nothing.
 */
final class IntentXml {
    private static final String VERSION = "1";
    private static final String END = "</intent>\n";

    private IntentXml() {}

    /** @param definition what the domain runs, or is to run, with; null if its own definition says so */
    static String write(Intent intent, DomainDocument definition) {
        XmlElement root = XmlElement.of("intent").with("version", VERSION).with("wish", word(intent.wish()));
        root = time(root, "created", intent.created());
        root = time(root, "started", intent.started());
        root = time(root, "not-before", intent.notBefore());
        if (intent.request().isPresent()) {
            root = root.plus(request(intent.request().get()));
        }
        root = root.plus(terms(intent.terms())).plus(restarts(intent));
        if (intent.lastEnd().isPresent()) {
            root = root.plus(end(intent.lastEnd().get()));
        }
        String text = XmlWriter.document(root);
        // As text, which the document has ready: printing it again would take longer than all the rest.
        return definition == null ? text : text.substring(0, text.length() - END.length()) + definition.toXml() + END;
    }

    private static XmlElement request(Request request) {
        return XmlElement.of("request")
                .with("ask", word(request.ask()))
                .with("by", word(request.by()))
                .with("at", request.at().toString())
                .with("boot", request.boot())
                .with("pending", yesNo(request.pending()));
    }

    private static XmlElement terms(LaunchTerms terms) {
        return XmlElement.of("launch")
                .with("paused", yesNo(terms.paused()))
                .with("from-snapshot", yesNo(terms.fromSnapshot()))
                .with("autodestroy", yesNo(terms.autodestroy()))
                .with("inherits", yesNo(terms.inherits()));
    }

    private static XmlElement restarts(Intent intent) {
        XmlElement restarts = XmlElement.of("restarts")
                .with("policy", intent.policy().toString())
                .with("total", Integer.toString(intent.restarts().total()))
                .with("quick", Integer.toString(intent.restarts().quick()));
        return intent.policy() instanceof RestartPolicy.OnFailure limited
                ? restarts.with("most", Integer.toString(limited.most()))
                : restarts;
    }

    private static XmlElement end(LastEnd end) {
        XmlElement element = XmlElement.of("end")
                .with("reason", word(end.reason()))
                .with("at", end.at().toString());
        if (end.exit().isPresent()) {
            GuestExit exit = end.exit().get();
            element = element.plus(XmlElement.of("exit")
                    .with("status", Integer.toString(exit.status()))
                    .with("at", exit.at().toString())
                    .with("memory-kills", Long.toString(exit.memoryKills())));
        }
        for (String note : end.notes()) {
            element = element.plus(XmlElement.of("note", note));
        }
        return element;
    }

    private static XmlElement time(XmlElement element, String name, Optional<Instant> time) {
        return time.isPresent() ? element.with(name, time.get().toString()) : element;
    }

    /** @throws IOException if the text is no intent, or a value makes no sense */
    static StoredIntent read(String text) throws IOException {
        try {
            XmlElement root = XmlReader.read("intent", text);
            if (!root.is("intent") || !root.has("version")) {
                throw new IOException("not an intent");
            }
            XmlElement domain = root.child("domain");
            return new StoredIntent(
                    intent(root),
                    domain == null ? empty() : Optional.of(DomainDocument.of(domain, DomainDefaults.host())));
        } catch (XmlException | IllegalArgumentException | DateTimeException e) {
            throw new IOException("not an intent: " + e.getMessage(), e);
        }
    }

    private static Intent intent(XmlElement root) throws IOException {
        Wish wish = known(Wish.class, need(root, "wish"), Wish.OFF);
        XmlElement request = root.child("request");
        XmlElement end = root.child("end");
        XmlElement restarts = root.child("restarts");
        return new Intent(
                wish,
                request == null ? empty() : Optional.of(readRequest(request)),
                readTerms(root.child("launch")),
                restarts == null ? RestartPolicy.AS_DEFINED : policy(restarts),
                restarts == null
                        ? RestartCount.NONE
                        : new RestartCount(number(restarts, "total"), number(restarts, "quick")),
                wish == Wish.RUN ? readTime(root, "not-before") : empty(),
                end == null ? empty() : Optional.of(readEnd(end)),
                readTime(root, "created"),
                readTime(root, "started"));
    }

    private static Request readRequest(XmlElement element) throws IOException {
        return new Request(
                known(Ask.class, need(element, "ask"), Ask.NOTHING),
                known(Request.By.class, need(element, "by"), Request.By.CLIENT),
                Instant.parse(need(element, "at")),
                need(element, "boot"),
                isYes(element, "pending"));
    }

    private static LaunchTerms readTerms(XmlElement element) {
        return element == null
                ? LaunchTerms.PLAIN
                : new LaunchTerms(
                        isYes(element, "paused"),
                        isYes(element, "from-snapshot"),
                        isYes(element, "autodestroy"),
                        isYes(element, "inherits"));
    }

    private static RestartPolicy policy(XmlElement element) {
        return switch (element.attribute("policy", "")) {
            case "no" -> new RestartPolicy.No();
            case "always" -> new RestartPolicy.Always();
            case "unless-stopped" -> new RestartPolicy.UnlessStopped();
            case "on-failure" -> new RestartPolicy.OnFailure(number(element, "most"));
            default -> RestartPolicy.AS_DEFINED;
        };
    }

    private static LastEnd readEnd(XmlElement element) throws IOException {
        List<String> notes = new ArrayList<>();
        element.elements("note").forEach(note -> notes.add(note.text()));
        XmlElement exit = element.child("exit");
        return new LastEnd(
                known(StopReason.class, need(element, "reason"), StopReason.UNKNOWN),
                exit == null ? empty() : Optional.of(readExit(exit)),
                Instant.parse(need(element, "at")),
                notes);
    }

    private static GuestExit readExit(XmlElement element) throws IOException {
        return new GuestExit(
                Integer.parseInt(need(element, "status")),
                Instant.parse(need(element, "at")),
                Long.parseLong(element.attribute("memory-kills", "0")));
    }

    private static Optional<Instant> readTime(XmlElement element, String name) {
        return Optional.ofNullable(element.attribute(name)).map(Instant::parse);
    }

    private static int number(XmlElement element, String name) {
        return Integer.parseInt(element.attribute(name, "0"));
    }

    private static boolean isYes(XmlElement element, String name) {
        return "yes".equals(element.attribute(name));
    }

    private static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E known(Class<E> type, String word, E otherwise) {
        for (E value : type.getEnumConstants()) {
            if (word(value).equals(word)) {
                return value;
            }
        }
        return otherwise;
    }

    private static String need(XmlElement element, String name) throws IOException {
        String value = element.attribute(name);
        if (value == null) {
            throw new IOException("not an intent: <%s> has no '%s'".formatted(element.name(), name));
        }
        return value;
    }
}
