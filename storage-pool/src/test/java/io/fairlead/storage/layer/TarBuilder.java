package io.fairlead.storage.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes archives byte by byte, impossible ones, too. Each character of a name stands for one byte. */
public final class TarBuilder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int user;
    private int group;
    private int mode = 0644;
    private long modified = 1_000_000_000L;
    private final Map<String, String> pax = new LinkedHashMap<>();

    /** For the next entries. */
    public TarBuilder owned(int newUser, int newGroup) {
        user = newUser;
        group = newGroup;
        return this;
    }

    /** For the next entries. */
    public TarBuilder mode(int newMode) {
        mode = newMode;
        return this;
    }

    /** For the next entries. */
    public TarBuilder modified(long seconds) {
        modified = seconds;
        return this;
    }

    /** A record of the next entry's extended header. */
    public TarBuilder pax(String key, String value) {
        pax.put(key, value);
        return this;
    }

    public TarBuilder folder(String path) {
        return entry('5', path, "", new byte[0], 0, 0);
    }

    public TarBuilder file(String path, String content) {
        return file(path, content.getBytes(ISO_8859_1));
    }

    public TarBuilder file(String path, byte[] content) {
        return entry('0', path, "", content, 0, 0);
    }

    public TarBuilder link(String path, String target) {
        return entry('2', path, target, new byte[0], 0, 0);
    }

    public TarBuilder hardLink(String path, String target) {
        return entry('1', path, target, new byte[0], 0, 0);
    }

    public TarBuilder fifo(String path) {
        return entry('6', path, "", new byte[0], 0, 0);
    }

    public TarBuilder characterDevice(String path, int major, int minor) {
        return entry('3', path, "", new byte[0], major, minor);
    }

    public TarBuilder entry(char type, String path, String target, byte[] content, int major, int minor) {
        if (!pax.isEmpty()) {
            StringBuilder records = new StringBuilder();
            pax.forEach((key, value) -> records.append(record(key, value)));
            pax.clear();
            raw('x', "pax", "", records.toString().getBytes(ISO_8859_1), 0, 0);
        }
        if (path.length() > 100) {
            raw('L', "././@LongLink", "", (path + "\0").getBytes(ISO_8859_1), 0, 0);
        }
        if (target.length() > 100) {
            raw('K', "././@LongLink", "", (target + "\0").getBytes(ISO_8859_1), 0, 0);
        }
        return raw(type, path, target, content, major, minor);
    }

    private static String record(String key, String value) {
        int length = key.length() + value.length() + 3;
        int digits = String.valueOf(length).length();
        if (String.valueOf(length + digits).length() > digits) {
            digits++;
        }
        return "%d %s=%s\n".formatted(length + digits, key, value);
    }

    private TarBuilder raw(char type, String path, String target, byte[] content, int major, int minor) {
        byte[] header = new byte[512];
        put(header, 0, 100, path);
        put(header, 100, 8, "%07o".formatted(mode));
        put(header, 108, 8, "%07o".formatted(user));
        put(header, 116, 8, "%07o".formatted(group));
        put(header, 124, 12, "%011o".formatted(content.length));
        put(header, 136, 12, "%011o".formatted(modified));
        put(header, 156, 1, String.valueOf(type));
        put(header, 157, 100, target);
        put(header, 257, 8, "ustar\00000");
        put(header, 329, 8, "%07o".formatted(major));
        put(header, 337, 8, "%07o".formatted(minor));
        return block(header).content(content);
    }

    /** A header as it is, but for its checksum. */
    public TarBuilder block(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, 8, "%06o\0 ".formatted(sum));
        out.writeBytes(header);
        return this;
    }

    /** Bytes filled up to a block. */
    public TarBuilder content(byte[] content) {
        out.writeBytes(content);
        out.writeBytes(new byte[-content.length & 511]);
        return this;
    }

    public static void put(byte[] header, int at, int room, String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        System.arraycopy(bytes, 0, header, at, Math.min(room, bytes.length));
    }

    public byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.writeBytes(new byte[1024]);
        return whole.toByteArray();
    }

    public InputStream stream() {
        return new ByteArrayInputStream(bytes());
    }
}
