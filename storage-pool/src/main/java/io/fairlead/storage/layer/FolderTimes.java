package io.fairlead.storage.layer;

import io.fairlead.linux.file.TreeWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * The times of folders, which every file that is made in one changes; so they are set at the end. Takes its path's
 * length and 14 bytes of memory for each folder.
 */
final class FolderTimes {
    private static final int BYTES_MAX = 32 << 20;

    /** Can be read without a copy. */
    private static final class Bytes extends ByteArrayOutputStream {
        InputStream stream() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }

    private final Bytes bytes = new Bytes();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** @param path empty for the top */
    void add(String path, Instant modified) throws IOException {
        if (bytes.size() > BYTES_MAX) {
            throw new TarException("the paths of its folders take more than %d MiB".formatted(BYTES_MAX >> 20));
        }
        out.writeUTF(path);
        out.writeLong(modified.getEpochSecond());
        out.writeInt(modified.getNano());
    }

    void set(TreeWriter tree) throws IOException {
        DataInputStream in = new DataInputStream(bytes.stream());
        while (in.available() > 0) {
            String path = in.readUTF();
            Instant modified = Instant.ofEpochSecond(in.readLong(), in.readInt());
            Optional<TreeWriter.Place> place = path.isEmpty() ? Optional.of(tree.top()) : tree.existing(path);
            if (place.isPresent()
                    && tree.look(place.get()).filter(stat -> stat.isFolder()).isPresent()) {
                tree.setModified(place.get(), modified);
            }
        }
    }
}
