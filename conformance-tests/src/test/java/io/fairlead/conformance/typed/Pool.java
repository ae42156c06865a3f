package io.fairlead.conformance.typed;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;

/** {@code virsh pool-dumpxml}. */
@XmlRootElement(name = "pool")
@XmlAccessorType(XmlAccessType.FIELD)
public final class Pool extends Rest {
    @XmlAttribute
    public String type;

    public String name;
    public String uuid;
    public Sized capacity;
    public Sized allocation;
    public Sized available;
    public Target target;

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Target extends Rest {
        public String path;
        public Permissions permissions;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    public static final class Permissions {
        /** Octal. */
        public String mode;

        public int owner;
        public int group;
    }
}
