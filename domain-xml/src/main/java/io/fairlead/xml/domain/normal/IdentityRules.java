package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Name, UUID, title, description. */
public final class IdentityRules {
    /** libvirt's longest name: with ".xml.new" behind it, it is a file's name, which ends at 255 bytes. */
    public static final int NAME_MAX_BYTES = 255 - ".xml.new".length();

    private static final Pattern UUID_TEXT = Pattern.compile("\\s*([0-9a-fA-F]{2}-?){15}[0-9a-fA-F]{2}\\s*");

    private IdentityRules() {}

    static XmlElement apply(XmlElement domain, Supplier<UUID> newUuid) {
        checkName(domain.childText("name").orElse(""));
        checkTitle(domain.childText("title").orElse(""));
        String uuid = domain.childText("uuid").orElse("");
        // Blanks count as a description: libvirt takes only an empty text for none.
        return TreeChanges.withoutEmpty(domain, Set.of("uuid"))
                .minus(child -> (child.is("title") || child.is("description"))
                        && child.attributes().isEmpty()
                        && child.children().isEmpty())
                .mapChild(
                        "uuid",
                        element -> element.withText((uuid.isBlank() ? newUuid.get() : parseUuid(uuid)).toString()));
    }

    /** Refuses a name that can't be a file's. */
    public static void checkName(String name) {
        if (name.isEmpty()) {
            throw new XmlException(XmlErrorKind.NO_NAME, "missing name information");
        }
        if (name.indexOf('/') >= 0) {
            throw XmlException.malformed("name %s cannot contain '/'".formatted(name));
        }
        if (name.indexOf('\n') >= 0) {
            throw new XmlException(XmlErrorKind.XML_DETAIL, "invalid char in name: \n").from(XmlOrigin.XML);
        }
        if (name.equals(".") || name.equals("..")) {
            throw XmlException.malformed("name %s names a directory".formatted(name));
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > NAME_MAX_BYTES) {
            throw XmlException.malformed("name of %d bytes is too long (expected: at most %d), it begins with '%s'"
                    .formatted(bytes, NAME_MAX_BYTES, name.substring(0, 16)));
        }
    }

    /** Refuses a title of more than one line. */
    public static void checkTitle(String title) {
        if (title.indexOf('\n') >= 0) {
            throw XmlException.malformed("Domain title can't contain newlines");
        }
    }

    static boolean isUuid(String text) {
        return UUID_TEXT.matcher(text).matches();
    }

    private static UUID parseUuid(String text) {
        if (!isUuid(text)) {
            throw new XmlException(XmlErrorKind.INTERNAL_ERROR, "malformed uuid element");
        }
        String digits = text.strip().replace("-", "");
        return new UUID(
                Long.parseUnsignedLong(digits.substring(0, 16), 16), Long.parseUnsignedLong(digits.substring(16), 16));
    }
}
