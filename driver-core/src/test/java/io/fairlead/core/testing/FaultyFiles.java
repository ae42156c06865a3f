package io.fairlead.core.testing;

import io.fairlead.core.fault.Faults;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.kit.store.StateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;

/** Real files whose n-th act fails as on a full disk. */
public final class FaultyFiles implements StateFiles {
    private final StateFiles real = new DurableFiles();
    private final Faults faults;

    public FaultyFiles(Faults faults) {
        this.faults = faults;
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        act("write " + file.getParent().getFileName(), () -> real.write(file, content));
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
        act("create " + file.getParent().getFileName(), () -> real.create(file, content));
    }

    @Override
    public void delete(Path file) throws IOException {
        act("delete " + file.getParent().getFileName(), () -> real.delete(file));
    }

    @Override
    public void put(Path file, byte[] content) throws IOException {
        act("put " + file.getParent().getFileName(), () -> real.put(file, content));
    }

    @Override
    public void remove(Path file) throws IOException {
        act("remove " + file.getParent().getFileName(), () -> real.remove(file));
    }

    @Override
    public boolean exists(Path file) {
        return real.exists(file);
    }

    @Override
    public byte[] read(Path file) throws IOException {
        return real.read(file);
    }

    @Override
    public Set<String> names(Path directory) throws IOException {
        return real.names(directory);
    }

    private interface FileAct {
        void run() throws IOException;
    }

    private void act(String what, FileAct act) throws IOException {
        try {
            faults.act(what, new UncheckedIOException(new IOException("No space left on device")), () -> {
                act.run();
                return null;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
