package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.server.TestPool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** {@link VolumeCases} on thin devices: run where the kernel has dm-thin, see {@link CasesForUml}. */
class ThinVolumeCases extends VolumeCases {
    @Override
    protected TestPool.Kind kind() {
        return TestPool.Kind.THIN;
    }

    @Override
    protected String growing() {
        return "ext4";
    }

    @Case(notTheOracle = NOT_THERE)
    @SuppressWarnings("try") // a pool is had, not used
    void resize_ofATreeInUse_growsItsFileSystem(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = TestPool.start(server, kind(), "p")) {
            makeRoot(server, "root");
            sleeping("d").start(server);
            long before = kibibytes(server);
            long capacity = Long.parseLong(virsh.ok("vol-info", "root", "--pool", "p", "--bytes")
                    .replaceFirst("(?s).*Capacity:\\s+(\\d+) .*", "$1"));
            virsh.ok("vol-resize", "root", Long.toString(2 * capacity), "--pool", "p");
            long after = kibibytes(server);
            assertTrue(after > before + before / 2, before + " KiB, then " + after);
            assertEquals(
                    "there",
                    inside(server, "d", "echo there > /file; cat /file").strip());
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d");
        }
    }

    @Case(notTheOracle = NOT_THERE)
    @SuppressWarnings("try") // a pool is had, not used
    void content_withHoles_takesNoMoreSpaceThanItsData(Server server) throws IOException {
        Virsh virsh = server.virsh();
        try (TestPool pool = TestPool.start(server, kind(), "p")) {
            byte[] data = new byte[1 << 20];
            new Random(1).nextBytes(data);
            Path file = server.directory().resolve("content");
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(40 << 20);
                sparse.seek(20 << 20);
                sparse.write(data);
            }
            virsh.ok("vol-create-as", "p", "v1", "40M");
            virsh.ok("vol-upload", "v1", file.toString(), "--pool", "p", "--sparse");
            assertEquals(1 << 20, allocation(virsh));
            Path read = server.directory().resolve("read");
            virsh.ok("vol-download", "v1", read.toString(), "--pool", "p", "--sparse");
            assertEquals(-1, Files.mismatch(file, read));
            long kibibytes = Long.parseLong(
                    Command.of("du", "-k", read.toString()).run().orFail().split("\\s")[0]);
            assertTrue(kibibytes <= 1100, "downloaded with holes, " + kibibytes + " KiB");
            virsh.ok("vol-wipe", "v1", "--pool", "p");
            assertEquals(0, allocation(virsh));
            virsh.ok("vol-delete", "v1", "p");
        }
    }

    private static long allocation(Virsh virsh) {
        return Long.parseLong(virsh.ok("vol-info", "v1", "--pool", "p", "--bytes")
                .replaceFirst("(?s).*Allocation:\\s+(\\d+) .*", "$1"));
    }

    @Case(notTheOracle = NOT_THERE)
    @SuppressWarnings("try") // a pool is had, not used
    void sources_areTheDisksThatNobodyHas(Server server) {
        Virsh virsh = server.virsh();
        String free = disk(server, "free");
        String used = disk(server, "used");
        try (TestPool pool = TestPool.start(server, kind(), "p")) {
            Command.of("mkfs.ext4", "-q", used).run().orFail();
            makeRoot(server, "root");
            sleeping("d").start(server); // its volume is a device, too
            String only = "<sources>\n  <source>\n    <device path='%s'/>\n  </source>\n</sources>".formatted(free);
            assertEquals(only, sources(virsh));

            String target = server.directory().resolve("second").toString();
            virsh.ok("pool-define-as", "second", "logical", "--source-dev", free, "--target", target);
            assertEquals("<sources/>", sources(virsh));
            virsh.ok("pool-build", "second", "--no-overwrite");
            virsh.ok("pool-start", "second");
            virsh.ok("pool-destroy", "second");
            virsh.ok("pool-delete", "second");
            virsh.ok("pool-undefine", "second");
            assertEquals(only, sources(virsh));
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d");
        } finally {
            Command.of("losetup", "-d", free, used).run().orFail();
        }
    }

    private static String sources(Virsh virsh) {
        return virsh.ok("find-storage-pool-sources", "logical").strip();
    }

    private static String disk(Server server, String name) {
        String file = server.directory().resolve(name).toString();
        Command.of("truncate", "-s", "64M", file).run().orFail();
        return Command.of("losetup", "-f", "--show", file).run().orFail().strip();
    }

    private static long kibibytes(Server server) {
        return Long.parseLong(
                inside(server, "d", "df -P -k / | tail -n 1 | awk '{print $2}'").strip());
    }
}
