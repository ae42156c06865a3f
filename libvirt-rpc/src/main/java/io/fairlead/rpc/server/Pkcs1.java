package io.fairlead.rpc.server;

import java.io.ByteArrayOutputStream;

/** Wraps a bare RSA key (RFC 8017, as certtool writes it) as PKCS#8 (RFC 5208), the only form the JDK reads. */
final class Pkcs1 {
    // INTEGER 0, then SEQUENCE { OID rsaEncryption, NULL }
    private static final byte[] VERSION_AND_ALGORITHM = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private Pkcs1() {}

    static byte[] toPkcs8(byte[] rsaKey) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_AND_ALGORITHM);
        content.writeBytes(element(OCTET_STRING, rsaKey));
        return element(SEQUENCE, content.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int bytes = (39 - Integer.numberOfLeadingZeros(content.length)) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(content.length >> (8 * i));
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
