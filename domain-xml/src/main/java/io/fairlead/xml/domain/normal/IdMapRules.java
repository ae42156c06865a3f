package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Identity maps: both kinds or none, in ascending order, the first from 0. */
final class IdMapRules {
    private static final long ID_MAX = 0xffff_ffffL;

    private IdMapRules() {}

    static XmlElement apply(XmlElement domain) {
        XmlElement map = domain.child("idmap");
        if (map == null) {
            return domain;
        }
        List<XmlElement> uids = sorted(map.elements("uid"));
        List<XmlElement> gids = sorted(map.elements("gid"));
        if (uids.isEmpty() != gids.isEmpty()) {
            throw XmlException.unsupported("uid and gid should be mapped both");
        }
        if (uids.isEmpty()) {
            return domain.mapChild("idmap", old -> TreeChanges.isEmpty(old) ? null : old);
        }
        if (start(uids.get(0)) != 0 || start(gids.get(0)) != 0) {
            throw XmlException.unsupported("You must map the root user of container");
        }
        List<XmlNode> content = new ArrayList<>(uids);
        content.addAll(gids);
        map.children().stream()
                .filter(child -> !(child instanceof XmlElement range && (range.is("uid") || range.is("gid"))))
                .forEach(content::add);
        return domain.mapChild("idmap", old -> old.withChildren(content));
    }

    private static List<XmlElement> sorted(List<XmlElement> ranges) {
        ranges.forEach(range -> {
            number(range, "start");
            number(range, "target");
            number(range, "count");
        });
        return ranges.stream()
                .sorted(Comparator.comparingLong(IdMapRules::start))
                .toList();
    }

    private static long start(XmlElement range) {
        return number(range, "start");
    }

    private static long number(XmlElement range, String attribute) {
        String text = range.attribute(attribute, "");
        if (text.matches("[0-9]{1,10}") && Long.parseLong(text) <= ID_MAX) {
            return Long.parseLong(text);
        }
        throw XmlException.malformed("invalid idmap start/target/count settings");
    }
}
