package io.fairlead.conformance.typed;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.List;

/** {@code virsh domcapabilities}. */
@XmlRootElement(name = "domainCapabilities")
@XmlAccessorType(XmlAccessType.FIELD)
public final class DomainCapabilities extends Rest {
    public String path;
    public String domain;
    public String arch;
    public Vcpu vcpu;
    public Devices devices;

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Vcpu {
        @XmlAttribute
        public int max;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Devices extends Rest {
        public Device disk;
        public Device filesystem;
        public Device graphics;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Device extends Rest {
        @XmlAttribute
        public String supported;

        @XmlElement(name = "enum")
        public List<Choices> choices;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Choices {
        @XmlAttribute
        public String name;

        @XmlElement(name = "value")
        public List<String> values;
    }
}
