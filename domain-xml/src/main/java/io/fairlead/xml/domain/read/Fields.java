package io.fairlead.xml.domain.read;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import io.fairlead.xml.value.ByteSize;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Single values of elements and attributes, with the refusals libvirt has for them. */
final class Fields {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,20}");

    private Fields() {}

    /** The text of a child when it is there and not empty. */
    static Optional<String> text(XmlElement parent, String child) {
        return parent == null ? Optional.empty() : parent.childText(child).filter(text -> !text.isEmpty());
    }

    static Optional<String> attribute(XmlElement element, String name) {
        return element == null ? Optional.empty() : Optional.ofNullable(element.attribute(name));
    }

    static Optional<String> attributeOf(XmlElement parent, String child, String name) {
        return attribute(parent == null ? null : parent.child(child), name);
    }

    /** A number in a child's text; absent when there is no such child. */
    static OptionalLong number(XmlElement parent, String child, long min, long max) {
        Optional<String> text = text(parent, child);
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(parse(parent, child, text.get(), min, max));
    }

    static OptionalInt smallNumber(XmlElement parent, String child, int min, int max) {
        OptionalLong number = number(parent, child, min, max);
        return number.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) number.getAsLong());
    }

    /** A number in an attribute, in C's notation (0x is hexadecimal); absent when there is no such attribute. */
    static OptionalLong attributeNumber(XmlElement element, String name, long min, long max) {
        Optional<String> text = attribute(element, name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        String digits = text.get();
        try {
            long number = digits.startsWith("0x") ? Long.parseLong(digits.substring(2), 16) : Long.parseLong(digits);
            if (number >= min && number <= max) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException e) {
            throw XmlException.invalidNumber(element, name, digits, e);
        }
        throw XmlException.invalidNumber(element, name, digits, null);
    }

    /** A size in a child's text with its unit attribute, in whole KiB as libvirt keeps all memory. */
    static OptionalLong memoryBytes(XmlElement parent, String child) {
        Optional<String> text = text(parent, child);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        long number = parse(parent, child, text.get(), 0, Long.MAX_VALUE);
        return OptionalLong.of(ByteSize.bytes(number, parent.child(child).attribute("unit", "KiB")));
    }

    static boolean yes(XmlElement element, String attribute) {
        return attribute(element, attribute).map("yes"::equals).orElse(false);
    }

    /** The constant whose name, in lower case and with dashes for underscores, equals the text. */
    static <E extends Enum<E>> E constant(Class<E> type, String text, XmlElement element, String attribute) {
        for (E constant : type.getEnumConstants()) {
            if (xmlName(constant).equals(text)) {
                return constant;
            }
        }
        throw XmlException.invalidAttribute(element, attribute, text);
    }

    static String xmlName(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static long parse(XmlElement parent, String child, String text, long min, long max) {
        String digits = text.strip();
        if (INTEGER.matcher(digits).matches()) {
            try {
                long number = Long.parseLong(digits);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw invalidChild(parent, child, text, e);
            }
        }
        throw invalidChild(parent, child, text, null);
    }

    private static XmlException invalidChild(XmlElement parent, String child, String text, Throwable cause) {
        return new XmlException(
                        XmlErrorKind.XML_ERROR,
                        "Invalid value '%s' for element or attribute './%s/%s'".formatted(text, parent.name(), child),
                        cause)
                .from(XmlOrigin.XML);
    }
}
