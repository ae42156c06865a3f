package io.fairlead.core.testing;

import io.fairlead.xml.domain.DomainDocument;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Small definitions that a container could be started from. */
public final class Documents {
    private Documents() {}

    /** A definition whose uuid is computed from its name. */
    public static DomainDocument named(String name) {
        return named(name, uuidOf(name), "");
    }

    public static DomainDocument named(String name, UUID uuid, String more) {
        return DomainDocument.parse(
                """
                <domain type='lxc'>
                  <name>%s</name>
                  <uuid>%s</uuid>
                  <memory unit='KiB'>65536</memory>
                  <vcpu>1</vcpu>
                  <os>
                    <type arch='x86_64'>exe</type>
                    <init>/bin/sh</init>
                  </os>
                %s  <devices>
                    <filesystem type='mount'>
                      <source dir='/srv/root'/>
                      <target dir='/'/>
                    </filesystem>
                    <console type='pty'/>
                  </devices>
                </domain>
                """
                        .formatted(name, uuid, more));
    }

    /** A definition whose root is a volume of pool {@code p}, with more devices. */
    public static DomainDocument onVolume(String name, String volume, String devices) {
        return DomainDocument.parse(named(name)
                .toXml()
                .replaceFirst(
                        "(?s)<filesystem.*</filesystem>",
                        "<filesystem type='volume'><source pool='p' volume='%s'/><target dir='/'/></filesystem>%s"
                                .formatted(volume, devices)));
    }

    /** A definition with the given action for ends, such as {@code with("c1", "on_crash", "restart")}. */
    public static DomainDocument with(String name, String element, String text) {
        return named(name, uuidOf(name), "  <%s>%s</%s>%n".formatted(element, text, element));
    }

    public static UUID uuidOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
