package io.fairlead.xml.facts;

import io.fairlead.xml.facts.HealthFact.How;
import io.fairlead.xml.facts.PortFact.Protocol;
import io.fairlead.xml.facts.RestartFact.Policy;
import io.fairlead.xml.facts.StdioFact.Stdin;
import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The element as JAXB binds it; it follows the schema, and is left as soon as it is read. All text stands in
 * attributes: white space in those is kept by every tool, that between tags is not.
 */
@XmlRootElement(name = "container")
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(propOrder = {"image", "labels", "restart", "stop", "health", "ports", "volumes", "stdio"})
final class FactsElement {
    private Image image;

    @XmlElement(name = "label")
    private List<Label> labels = new ArrayList<>();

    private Restart restart;
    private Stop stop;
    private Health health;

    @XmlElement(name = "port")
    private List<Port> ports = new ArrayList<>();

    @XmlElement(name = "volume")
    private List<Volume> volumes = new ArrayList<>();

    private Stdio stdio;

    static FactsElement of(ContainerFacts facts) {
        FactsElement element = new FactsElement();
        element.image = facts.image().map(Image::of).orElse(null);
        facts.labels().forEach((key, value) -> element.labels.add(Label.of(key, value)));
        element.restart = facts.restart().map(Restart::of).orElse(null);
        element.stop = facts.stop().equals(StopFact.DEFAULT) ? null : Stop.of(facts.stop());
        element.health = facts.health().map(Health::of).orElse(null);
        facts.ports().forEach(port -> element.ports.add(Port.of(port)));
        facts.volumes().forEach(volume -> element.volumes.add(Volume.of(volume)));
        element.stdio = facts.stdio().equals(StdioFact.DETACHED) ? null : Stdio.of(facts.stdio());
        return element;
    }

    ContainerFacts facts() {
        TreeMap<String, String> byKey = new TreeMap<>();
        for (Label label : labels) {
            if (byKey.put(label.name, label.value) != null) {
                throw FactChecks.refused("label '%s' stands twice".formatted(label.name));
            }
        }
        return new ContainerFacts(
                Optional.ofNullable(image).map(Image::fact),
                byKey,
                Optional.ofNullable(restart).map(Restart::fact),
                stop == null ? StopFact.DEFAULT : stop.fact(),
                Optional.ofNullable(health).map(Health::fact),
                ports.stream().map(Port::fact).toList(),
                volumes.stream().map(Volume::fact).toList(),
                stdio == null ? StdioFact.DETACHED : stdio.fact());
    }

    private static OptionalInt number(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    private static final class Image {
        @XmlAttribute(required = true)
        private String name;

        @XmlAttribute(required = true)
        private String id;

        static Image of(ImageFact fact) {
            Image element = new Image();
            element.name = fact.name();
            element.id = fact.id();
            return element;
        }

        ImageFact fact() {
            return new ImageFact(name, id);
        }
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    private static final class Label {
        @XmlAttribute(required = true)
        private String name;

        @XmlAttribute(required = true)
        private String value;

        static Label of(String name, String value) {
            Label element = new Label();
            element.name = name;
            element.value = value;
            return element;
        }
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    private static final class Restart {
        @XmlAttribute(required = true)
        private Policy policy;

        @XmlAttribute
        private Integer most;

        static Restart of(RestartFact fact) {
            Restart element = new Restart();
            element.policy = fact.policy();
            element.most = fact.most() == 0 ? null : fact.most();
            return element;
        }

        RestartFact fact() {
            return new RestartFact(policy, most == null ? 0 : most);
        }
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    private static final class Stop {
        @XmlAttribute
        private String signal;

        /** Seconds. */
        @XmlAttribute
        private Integer timeout;

        static Stop of(StopFact fact) {
            Stop element = new Stop();
            element.signal = fact.signal().orElse(null);
            element.timeout = orNull(fact.timeoutSeconds());
            return element;
        }

        StopFact fact() {
            return new StopFact(Optional.ofNullable(signal), number(timeout));
        }
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    private static final class Health {
        @XmlAttribute(required = true)
        private How check;

        @XmlAttribute
        private String interval;

        @XmlAttribute
        private String timeout;

        @XmlAttribute
        private String startPeriod;

        @XmlAttribute
        private String startInterval;

        @XmlAttribute
        private Integer retries;

        @XmlElement(name = "word")
        private List<Word> words = new ArrayList<>();

        static Health of(HealthFact fact) {
            Health element = new Health();
            element.check = fact.how();
            element.interval = text(fact.interval());
            element.timeout = text(fact.timeout());
            element.startPeriod = text(fact.startPeriod());
            element.startInterval = text(fact.startInterval());
            element.retries = orNull(fact.retries());
            fact.command().forEach(word -> element.words.add(Word.of(word)));
            return element;
        }

        HealthFact fact() {
            return new HealthFact(
                    check,
                    words.stream().map(word -> word.value).toList(),
                    time(interval),
                    time(timeout),
                    time(startPeriod),
                    time(startInterval),
                    number(retries));
        }

        private static String text(Optional<Duration> time) {
            return time.map(Duration::toString).orElse(null);
        }

        /** The schema allows only forms that {@link Duration} reads, but not only numbers that fit it. */
        private static Optional<Duration> time(String text) {
            try {
                return Optional.ofNullable(text).map(Duration::parse);
            } catch (DateTimeParseException e) {
                throw FactChecks.refused("time of the health check: '%s' is too long".formatted(text));
            }
        }
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    private static final class Word {
        @XmlAttribute(required = true)
        private String value;

        static Word of(String value) {
            Word element = new Word();
            element.value = value;
            return element;
        }
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    private static final class Port {
        @XmlAttribute(required = true)
        private Integer container;

        @XmlAttribute(required = true)
        private Protocol protocol;

        @XmlAttribute
        private String address;

        @XmlAttribute
        private Integer host;

        static Port of(PortFact fact) {
            Port element = new Port();
            element.container = fact.container();
            element.protocol = fact.protocol();
            element.address = fact.address().orElse(null);
            element.host = orNull(fact.host());
            return element;
        }

        PortFact fact() {
            return new PortFact(container, protocol, Optional.ofNullable(address), number(host));
        }
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    private static final class Volume {
        @XmlAttribute(required = true)
        private String name;

        @XmlAttribute(required = true)
        private String path;

        @XmlAttribute
        private Boolean anonymous;

        static Volume of(VolumeFact fact) {
            Volume element = new Volume();
            element.name = fact.name();
            element.path = fact.path();
            element.anonymous = fact.anonymous() ? true : null;
            return element;
        }

        VolumeFact fact() {
            return new VolumeFact(name, path, anonymous != null && anonymous);
        }
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    private static final class Stdio {
        @XmlAttribute(required = true)
        private Boolean terminal;

        @XmlAttribute(required = true)
        private Stdin stdin;

        static Stdio of(StdioFact fact) {
            Stdio element = new Stdio();
            element.terminal = fact.terminal();
            element.stdin = fact.stdin();
            return element;
        }

        StdioFact fact() {
            return new StdioFact(terminal, stdin);
        }
    }
}
