package io.fairlead.linux.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.process.Spawn;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.HostTables;
import io.fairlead.linux.testing.NeedsHost;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespacesTest {
    private static final int OWN_PID = (int) ProcessHandle.current().pid();

    @Test
    @NeedsHost(value = HostFeature.ROOT, programs = "unshare")
    void shared_whenOneIsUnshared_differsInThatOnly() throws Exception {
        try (SpawnedProcess process =
                Spawn.of(List.of("unshare", "--uts", "sleep", "1000")).start()) {
            for (int i = 0; i < 500 && Namespaces.shared(OWN_PID, process.pid(), NamespaceKind.UTS); i++) {
                Thread.sleep(10);
            }
            assertFalse(Namespaces.shared(OWN_PID, process.pid(), NamespaceKind.UTS));
            assertTrue(Namespaces.shared(OWN_PID, process.pid(), NamespaceKind.NET));
        }
    }

    @Test
    void open_whenTheProcessIsThere_givesOneDescriptorPerKindInOrder() throws Exception {
        HostTables before = HostTables.descriptors(OWN_PID);
        List<Fd> fds = Namespaces.open(OWN_PID, NamespaceKind.ENTER_ORDER);
        try {
            List<String> targets = HostTables.descriptors(OWN_PID).addedSince(before);
            assertEquals(6, fds.size());
            for (int i = 0; i < fds.size(); i++) {
                String identity = Namespaces.identity(OWN_PID, NamespaceKind.ENTER_ORDER.get(i));
                assertTrue(
                        targets.contains("descriptor %d %s".formatted(fds.get(i).number(), identity)));
            }
        } finally {
            fds.forEach(Fd::close);
        }
    }

    @Test
    void open_whenTheProcessIsGone_saysSo() {
        ErrnoException failure =
                assertThrows(ErrnoException.class, () -> Namespaces.open(1 << 22, NamespaceKind.ENTER_ORDER));
        assertEquals(Errno.ENOENT, failure.errno());
    }
}
