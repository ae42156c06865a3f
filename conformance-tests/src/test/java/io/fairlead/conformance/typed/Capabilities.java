package io.fairlead.conformance.typed;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElementWrapper;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.List;

/** {@code virsh capabilities}. */
@XmlRootElement(name = "capabilities")
@XmlAccessorType(XmlAccessType.FIELD)
public final class Capabilities extends Rest {
    public Host host;

    @XmlElement(name = "guest")
    public List<Guest> guests;

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Host extends Rest {
        public String uuid;
        public HostCpu cpu;
        public Topology topology;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class HostCpu extends Rest {
        public String arch;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Topology extends Rest {
        public Cells cells;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Cells extends Rest {
        @XmlAttribute
        public int num;

        @XmlElement(name = "cell")
        public List<Cell> list;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Cell extends Rest {
        @XmlAttribute
        public int id;

        public Sized memory;

        @XmlElementWrapper(name = "cpus")
        @XmlElement(name = "cpu")
        public List<Cpu> cpus;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Cpu {
        @XmlAttribute
        public int id;

        @XmlAttribute
        public String siblings;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Guest extends Rest {
        @XmlElement(name = "os_type")
        public String osType;

        public Arch arch;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Arch extends Rest {
        @XmlAttribute
        public String name;

        public int wordsize;
        public String emulator;

        @XmlElement(name = "domain")
        public List<Domain> domains;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Domain {
        @XmlAttribute
        public String type;
    }
}
