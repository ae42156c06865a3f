package io.fairlead.daemon.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.probe.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final Finding CGROUPS = new Finding("cgroups", true, "V2 with cpu memory", "");

    @TempDir
    Path root;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** Existing programs answer with their name and a number. */
    private HostFiles host(String... programs) {
        List<String> there = List.of(programs);
        return new HostFiles(
                root,
                name -> there.contains(name) ? Optional.of(Path.of("/usr/bin", name)) : Optional.empty(),
                command -> Optional.of(Path.of(command.get(0)).getFileName() + " version 1"));
    }

    private boolean examine(Check... checks) {
        return Doctor.examine(List.of(checks), new PrintStream(printed, true, UTF_8));
    }

    private String report() {
        return printed.toString(UTF_8);
    }

    @Test
    void examine_whenAllIsThere_saysSo() {
        assertTrue(examine(new HostCheck(() -> List.of(CGROUPS)), new ProgramsCheck(host("conmon", "crun"))));

        assertEquals(
                """
                Host
                  ok  cgroups               V2 with cpu memory

                Programs
                  ok  monitor               conmon version 1
                  ok  runtime               crun version 1

                Containers can run here.
                """,
                report());
    }

    @Test
    void examine_whenOnlyRuncIsThere_isContent() {
        assertTrue(examine(new ProgramsCheck(host("conmon", "runc"))));
    }

    @Test
    void examine_whenMonitorAndRuntimeAreMissing_namesThePackages() {
        assertFalse(examine(new ProgramsCheck(host())));

        assertTrue(report().contains("apt-get install conmon"), report());
        assertTrue(report().contains("apt-get install crun"), report());
        assertTrue(report().endsWith("2 to put right, marked !! above.\n"), report());
    }

    @Test
    void examine_whenNoControlGroupsAreMounted_isWrong() {
        Finding none = new Finding("cgroups", false, "NONE with ", "");

        assertFalse(examine(new HostCheck(() -> List.of(none))));
    }

    @Test
    void examine_whenSomethingOptionalIsMissing_tellsWhatIsLostAndIsContent() {
        Finding noUsers = new Finding("user namespaces", false, "not in this kernel", "");
        Finding noTool = new Finding("nft", false, "not on the PATH", "nftables");

        assertTrue(examine(new HostCheck(() -> List.of(noUsers, noTool))));
        assertTrue(report().contains("not in this kernel; definitions with <idmap> cannot start"), report());
        assertTrue(report().contains("apt-get install nftables"), report());
    }

    @Test
    void examine_whenTheHostCannotBeRead_reportsInsteadOfFailing() {
        HostCheck unreadable = new HostCheck(() -> {
            throw new IOException("no /proc");
        });

        assertFalse(examine(unreadable));
        assertTrue(report().contains("no /proc"), report());
    }

    @Test
    void examine_whenNoClientIsThere_isContentAndNamesTheirPackages() {
        assertTrue(examine(new ClientsCheck(host())));

        Map.of("virsh", "libvirt-clients", "Sys::Virt", "libsys-virt-perl", "libvirt-python", "python3-libvirt")
                .forEach((client, name) -> assertTrue(report().contains("apt-get install " + name), client));
    }

    @Test
    void examine_whenAThinPoolLiesInAFile_saysItIsForDevelopment() throws IOException {
        Path disk = Files.createFile(root.resolve("disk"));
        Files.createDirectories(root.resolve("storage"));
        for (String type : List.of("logical", "fs")) {
            Files.writeString(
                    root.resolve("storage/%s.xml".formatted(type)),
                    """
                    <pool type='%s'><name>p-%s</name><source><device path='%s'/></source>
                    <target><path>/srv/p</path></target></pool>"""
                            .formatted(type, type, disk));
        }

        assertTrue(examine(new PoolsCheck(root)));

        assertTrue(report().contains("pool p-logical        lies in the file %s: slow".formatted(disk)), report());
        assertFalse(report().contains("p-fs"), report());
        assertTrue(report().contains("build it on a block device"), report());
    }

    @Test
    void examine_whenAPoolsDefinitionIsDamaged_isWrong() throws IOException {
        Files.createDirectories(root.resolve("storage"));
        Files.writeString(root.resolve("storage/x.xml"), "<pool");

        assertFalse(examine(new PoolsCheck(root)));
        assertTrue(report().contains("storage/x.xml"), report());
    }
}
