package io.fairlead.conformance.guest;

import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A domain definition, put together from its parts. Parts are XML text, so that the sent text is visible in the case.
 *
 * @param os the rest of {@code <os>} after the type
 * @param devices the rest of {@code <devices>} after root and console
 * @param more further children of {@code <domain>}
 */
public record DomainXml(
        String name, String uuid, String rootElement, String console, String os, String devices, String more) {

    /** Sleeps for ever in a busybox tree. */
    public static DomainXml sleeping(String name, RootTree root) {
        return new DomainXml(name, "", "", "<console type='pty'/>", "", "", "")
                .on(root)
                .running("/bin/sleep", "1000000");
    }

    /** Sleeps for ever in a busybox tree of its own, below the server's directory. */
    public static DomainXml sleeping(Server server, String name) {
        return sleeping(name, RootTree.below(server.directory()));
    }

    public DomainXml on(RootTree root) {
        return onRoot(
                "<filesystem type='mount'><source dir='%s'/><target dir='/'/></filesystem>".formatted(root.path()));
    }

    public DomainXml onRoot(String element) {
        return new DomainXml(name, uuid, element, console, os, devices, more);
    }

    public DomainXml called(String newName) {
        return new DomainXml(newName, uuid, rootElement, console, os, devices, more);
    }

    public DomainXml withUuid(UUID id) {
        return new DomainXml(name, "<uuid>" + id + "</uuid>", rootElement, console, os, devices, more);
    }

    public DomainXml running(String... words) {
        String text = "<init>%s</init>".formatted(escape(words[0]))
                + List.of(words).stream()
                        .skip(1)
                        .map(word -> "<initarg>%s</initarg>".formatted(escape(word)))
                        .collect(Collectors.joining());
        return new DomainXml(name, uuid, rootElement, console, text, devices, more);
    }

    public DomainXml shell(String script) {
        return running("/bin/sh", "-c", script);
    }

    public DomainXml os(String element) {
        return new DomainXml(name, uuid, rootElement, console, os + element, devices, more);
    }

    public DomainXml device(String element) {
        return new DomainXml(name, uuid, rootElement, console, os, devices + element, more);
    }

    public DomainXml consoles(String elements) {
        return new DomainXml(name, uuid, rootElement, elements, os, devices, more);
    }

    public DomainXml with(String element) {
        return new DomainXml(name, uuid, rootElement, console, os, devices, more + element);
    }

    public String text() {
        String memory = more.contains("<memory") ? "" : "<memory unit='KiB'>65536</memory>";
        return "<domain type='lxc' xmlns:lxc='http://libvirt.org/schemas/domain/lxc/1.0'><name>%s</name>%s%s<os><type>exe</type>%s</os>%s<devices>%s%s%s</devices></domain>"
                .formatted(escape(name), uuid, memory, os, more, rootElement, devices, console);
    }

    /** Writes the text to a file for clients that want one, and returns its path. */
    public String file(Path directory) {
        try {
            Path file = Files.createTempFile(directory, "domain-", ".xml");
            return Files.writeString(file, text()).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code virsh define}. */
    public DomainXml define(Server server) {
        server.virsh().ok("define", file(server.directory()));
        return this;
    }

    /** {@code virsh create}: a transient domain, running. */
    public DomainXml create(Server server) {
        server.virsh().ok("create", file(server.directory()));
        return this;
    }

    /** {@code virsh define} and {@code virsh start}. */
    public DomainXml start(Server server) {
        define(server);
        server.virsh().ok("start", name);
        return this;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
