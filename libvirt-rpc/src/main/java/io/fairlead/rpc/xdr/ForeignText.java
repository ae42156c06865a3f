package io.fairlead.rpc.xdr;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as clients send it. libvirt's strings are C's: they end at the first NUL, and any other byte is allowed. So an XML
 * document may come in the encoding that it names itself; a name in another encoding names nothing, but does no harm.
 */
final class ForeignText {
    private static final char REPLACEMENT = '\ufffd'; // what new String puts for bytes that are not UTF-8
    private static final int PROLOGUE_MAX = 200;
    private static final Pattern ENCODING =
            Pattern.compile("\\A\\s*<\\?xml\\s[^>]*?\\bencoding\\s*=\\s*(['\"])([A-Za-z][A-Za-z0-9._-]*)\\1");

    private ForeignText() {}

    /** Bytes that are neither UTF-8 nor of a document that says what it is become U+FFFD. */
    static String read(byte[] bytes) {
        int length = lengthToNul(bytes);
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : new String(bytes, 0, length, charset(text));
    }

    private static int lengthToNul(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return bytes.length;
    }

    private static Charset charset(String text) {
        Matcher declared = ENCODING.matcher(text.substring(0, Math.min(text.length(), PROLOGUE_MAX)));
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(declared.group(2));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8; // the document's reader will meet the characters that it cannot use
        }
    }
}
