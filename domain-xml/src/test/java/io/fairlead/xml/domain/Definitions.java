package io.fairlead.xml.domain;

import io.fairlead.xml.domain.normal.DomainDefaults;

/** Definitions for tests, on a machine that is always the same. */
final class Definitions {
    static final DomainDefaults HOST = DomainDefaults.forArch("amd64");

    /** A small definition on one line, with markers that a test replaces. */
    static final String BASE = "<domain type='lxc'><name>a</name><uuid>8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c00</uuid>"
            + "<memory>65536</memory><os><type>exe</type><init>/bin/sh</init></os><devices>"
            + "<filesystem><source dir='/tmp'/><target dir='/'/></filesystem><console type='pty'/></devices></domain>";

    private Definitions() {}

    static DomainDocument parse(String xml) {
        return DomainDocument.parse(xml, HOST);
    }

    /** The base with elements before its os element. */
    static String with(String elements) {
        return BASE.replace("<os>", elements + "<os>");
    }

    /** The base with devices before its console. */
    static String withDevice(String device) {
        return BASE.replace("<console", device + "<console");
    }
}
