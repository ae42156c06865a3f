package io.fairlead.xml.storage;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import java.util.OptionalInt;

/** {@code <permissions>}: octal mode, numeric owner and group; -1 or nothing leaves a value as it comes. */
public record PermissionsElement(OptionalInt mode, OptionalInt owner, OptionalInt group) {
    public static final PermissionsElement NONE =
            new PermissionsElement(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    private static final int MODE_MAX = 07777;

    static PermissionsElement read(XmlElement target) {
        XmlElement permissions = target == null ? null : target.child("permissions");
        if (permissions == null) {
            return NONE;
        }
        return new PermissionsElement(
                number(permissions, "mode", 8, MODE_MAX),
                number(permissions, "owner", 10, Integer.MAX_VALUE),
                number(permissions, "group", 10, Integer.MAX_VALUE));
    }

    private static OptionalInt number(XmlElement permissions, String child, int radix, int max) {
        XmlElement element = permissions.child(child);
        if (element == null) {
            return OptionalInt.empty();
        }
        String text = element.text().strip();
        if (radix == 10 && text.equals("-1")) {
            return OptionalInt.empty();
        }
        try {
            int value = Integer.parseInt(text, radix);
            if (value >= 0 && value <= max) {
                return OptionalInt.of(value);
            }
        } catch (NumberFormatException e) {
            throw malformed(child, e);
        }
        throw malformed(child, null);
    }

    private static XmlException malformed(String child, NumberFormatException cause) {
        String what = child.equals("mode") ? "malformed octal mode" : "malformed %s element".formatted(child);
        return new XmlException(XmlErrorKind.XML_ERROR, what, cause);
    }

    XmlElement element() {
        XmlElement element = XmlElement.of("permissions");
        if (mode.isPresent()) {
            element = element.plus(XmlElement.of("mode", "0%o".formatted(mode.getAsInt())));
        }
        if (owner.isPresent()) {
            element = element.plus(XmlElement.of("owner", Integer.toString(owner.getAsInt())));
        }
        if (group.isPresent()) {
            element = element.plus(XmlElement.of("group", Integer.toString(group.getAsInt())));
        }
        return element;
    }
}
