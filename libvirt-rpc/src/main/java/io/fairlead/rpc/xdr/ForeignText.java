package io.fairlead.rpc.xdr;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text as clients send it. libvirt's strings are C's: they end at the first NUL, and any other byte is allowed. Bytes
 * that are no UTF-8 become a character that no text may hold: so a name with it names nothing, and a document is
 * refused as XML.
 */
final class ForeignText {
    private static final char REPLACEMENT = '\ufffd'; // new String puts it for bytes that are not UTF-8
    private static final String NO_CHARACTER = "\ufffe";

    private ForeignText() {}

    static String read(byte[] bytes) {
        int length = lengthToNul(bytes);
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : marked(ByteBuffer.wrap(bytes, 0, length));
    }

    private static int lengthToNul(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return bytes.length;
    }

    private static String marked(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .replaceWith(NO_CHARACTER)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("every byte is replaced", e);
        }
    }
}
