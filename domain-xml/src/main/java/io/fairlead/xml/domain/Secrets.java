package io.fairlead.xml.domain;

import io.fairlead.xml.tree.XmlElement;

/** Passwords in a definition: stored, but shown only to a client that asks and may write (virsh --security-info). */
public final class Secrets {
    private Secrets() {}

    /** The same tree when it holds none. */
    public static XmlElement without(XmlElement domain) {
        return domain.mapElements(part -> part.is("devices") ? part.mapElements(Secrets::withoutPassword) : part);
    }

    private static XmlElement withoutPassword(XmlElement device) {
        return device.is("graphics") && device.has("passwd")
                ? device.without("passwd").without("passwdValidTo").without("connected")
                : device;
    }
}
