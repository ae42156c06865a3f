package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.server.TestPool;

/** {@link VolumeCases} on overlays. */
class FolderVolumeTest extends VolumeCases {
    @Override
    protected TestPool.Kind kind() {
        return TestPool.Kind.FOLDER;
    }

    /** As docs/storage.md says. */
    @Case(notTheOracle = NOT_THERE)
    @SuppressWarnings("try") // a pool is had, not used
    void fileSystemInAResizedFile_grownByItsOwnTools_isLargerAtTheNextStart(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = TestPool.start(server, kind(), "p")) {
            makeRoot(server, "root");
            makeFileSystem(server, "data");
            sleeping("d")
                    .device(
                            "<filesystem type='volume'><source pool='p' volume='data'/><target dir='/data'/></filesystem>")
                    .start(server);
            inside(server, "d", "echo one > /data/file");
            virsh.ok("destroy", "d");
            virsh.ok("vol-resize", "data", "64M", "--pool", "p");
            String file = virsh.ok("vol-path", "data", "--pool", "p");
            Command.of("e2fsck", "-f", "-p", file).run().orFail();
            Command.of("resize2fs", file).run().orFail();
            virsh.ok("start", "d");
            String size = inside(server, "d", "df -P -k /data | tail -n 1 | awk '{print $2}'");
            assertTrue(Long.parseLong(size.strip()) > 48 << 10, size);
            assertEquals("one", inside(server, "d", "cat /data/file").strip());
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d");
        }
    }

    @Case(notTheOracle = NOT_THERE)
    @SuppressWarnings("try") // a pool is had, not used
    void resize_ofAFileSystemThatCannotGrow_saysSoAndTellsTheNewSize(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = TestPool.start(server, kind(), "p")) {
            makeRoot(server, "root");
            makeFileSystem(server, "data", 32, "ext4", "-O", "^resize_inode");
            sleeping("d")
                    .device(
                            "<filesystem type='volume'><source pool='p' volume='data'/><target dir='/data'/></filesystem>")
                    .start(server);
            inside(server, "d", "echo one > /data/file");
            String refusal = virsh.refused("vol-resize", "data", "64M", "--pool", "p");
            assertTrue(refusal.contains("has grown, but the file system on it cannot: resize2fs"), refusal);
            String info = virsh.ok("vol-info", "data", "--pool", "p");
            assertTrue(info.contains("64.00 MiB"), info);
            assertEquals("one", inside(server, "d", "cat /data/file").strip());
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d");
        }
    }
}
