package io.fairlead.linux.dm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.device.DeviceNumber;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Our ioctls against the kernel, compared with dmsetup's view of the same devices. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.DEVICE_MAPPER},
        programs = "dmsetup")
class KernelDeviceMapperTest {
    private static final String NAME = "fairlead-dm";
    private static final List<DmTarget> TABLE =
            List.of(new DmTarget(0, 16, "error", ""), new DmTarget(16, 32, "zero", ""));

    @TempDir
    private Path folder;

    private KernelDeviceMapper deviceMapper;

    @BeforeEach
    void openControl() throws IOException {
        deviceMapper = new KernelDeviceMapper();
    }

    @AfterEach
    void removeDevices() throws IOException {
        for (String name : deviceMapper.names()) {
            deviceMapper.remove(name, false);
        }
        deviceMapper.close();
    }

    private DmDevice standing(List<DmTarget> table) throws IOException {
        deviceMapper.create(NAME, NAME + "-uuid");
        deviceMapper.load(NAME, table);
        return deviceMapper.resume(NAME);
    }

    private static String dmsetup(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("dmsetup"));
        command.addAll(List.of(arguments));
        return Command.of(command).captureLimit(1 << 20).run().orThrow().output();
    }

    @Test
    void create_thenResume_isWhatDmsetupSees() throws IOException {
        DmDevice device = standing(TABLE);

        String fields = "name,uuid,major,minor,open,suspended,tables_loaded";
        String seen = dmsetup("info", "-c", "--noheadings", "--separator", "|", "-o", fields, NAME);
        assertEquals(
                "%s|%s-uuid|%d|%d|0|Active|Live".formatted(NAME, NAME, device.major(), device.minor()), seen.strip());
        assertEquals(Optional.of(device), deviceMapper.find(NAME));
        assertTrue(device.live() && !device.suspended());
    }

    @Test
    void table_withSeveralTargets_readsBackAndIsWhatDmsetupSees() throws IOException {
        standing(TABLE);

        assertEquals("0 16 error \n16 32 zero ", dmsetup("table", NAME).stripTrailing() + " ");
        assertEquals(TABLE, deviceMapper.table(NAME));
        assertEquals(
                dmsetup("status", NAME).lines().map(String::strip).toList(),
                deviceMapper.status(NAME).stream()
                        .map(t -> "%d %d %s %s"
                                .formatted(t.startSector(), t.sectors(), t.type(), t.parameters())
                                .strip())
                        .toList());
    }

    @Test
    void table_whenLargerThanTheAnswersFirstBuffer_isReadWhole() throws IOException {
        List<DmTarget> table = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            table.add(new DmTarget(i * 8L, 8, i % 2 == 0 ? "zero" : "error", ""));
        }

        standing(table);

        assertEquals(table, deviceMapper.table(NAME));
        assertEquals(3000, deviceMapper.status(NAME).size());
    }

    @Test
    void names_withMoreThanTheAnswersFirstBuffer_listsAll() throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            names.add("fairlead-%03d-%s".formatted(i, "x".repeat(110)));
            deviceMapper.create(names.get(i), names.get(i));
        }

        assertEquals(names, deviceMapper.names().stream().sorted().toList());
    }

    @Test
    void create_whenNameOrUuidExists_isBusy() throws IOException {
        standing(TABLE);

        fails(Errno.EBUSY, () -> deviceMapper.create(NAME, "other"));
        fails(Errno.EBUSY, () -> deviceMapper.create("other", NAME + "-uuid"));
    }

    @Test
    void anything_whenThereIsNoSuchDevice_isEnxio() throws IOException {
        assertEquals(Optional.empty(), deviceMapper.find(NAME));
        fails(Errno.ENXIO, () -> deviceMapper.remove(NAME, false));
        fails(Errno.ENXIO, () -> deviceMapper.load(NAME, TABLE));
        fails(Errno.ENXIO, () -> deviceMapper.table(NAME));
        fails(Errno.ENXIO, () -> deviceMapper.message(NAME, 0, "hello"));
    }

    @Test
    void load_whenTheTargetIsUnknownOrLeavesAGap_isRefusedAndTheLiveTableStays() throws IOException {
        standing(TABLE);

        fails(Errno.EINVAL, () -> deviceMapper.load(NAME, List.of(new DmTarget(0, 8, "nonsense", ""))));
        fails(Errno.EINVAL, () -> deviceMapper.load(NAME, List.of(new DmTarget(8, 8, "zero", ""))));

        assertEquals(TABLE, deviceMapper.table(NAME));
    }

    @Test
    void suspend_thenResume_showsInFind() throws IOException {
        standing(TABLE);

        deviceMapper.suspend(NAME);
        assertTrue(deviceMapper.find(NAME).orElseThrow().suspended());
        deviceMapper.resume(NAME);
        assertFalse(deviceMapper.find(NAME).orElseThrow().suspended());
    }

    @Test
    void remove_whenOpen_isBusyOrHappensAtTheLastClose() throws IOException {
        DmDevice device = standing(List.of(new DmTarget(0, 8, "zero", "")));
        Path node = folder.resolve("node");
        new DeviceNumber(DeviceNumber.Type.BLOCK, device.major(), device.minor()).makeNode(node, 0600);

        try (Fd user = Fd.open(node, OpenFlags.O_RDONLY)) {
            assertEquals(1, deviceMapper.find(NAME).orElseThrow().openCount(), user::name);
            fails(Errno.EBUSY, () -> deviceMapper.remove(NAME, false));
            deviceMapper.remove(NAME, true);
            assertTrue(deviceMapper.find(NAME).orElseThrow().removing());
            deviceMapper.keep(NAME);
            assertFalse(deviceMapper.find(NAME).orElseThrow().removing());
            deviceMapper.remove(NAME, true);
        }

        assertTimeoutPreemptively(Duration.ofSeconds(10), this::waitUntilGone);
    }

    @Test
    void events_whenADeviceGoes_areToldOnceAndNotMissed() throws IOException {
        try (DmEvents events = deviceMapper.events()) {
            assertFalse(events.await(Duration.ZERO));
            standing(TABLE);
            deviceMapper.remove(NAME, false);

            assertTrue(events.await(Duration.ofSeconds(5)));
            assertFalse(events.await(Duration.ofMillis(10)));
        }
    }

    /** The kernel removes it on a thread of its own. */
    private void waitUntilGone() throws IOException, InterruptedException {
        while (deviceMapper.find(NAME).isPresent()) {
            Thread.sleep(10);
        }
    }

    private static void fails(int errno, Executable call) {
        ErrnoException failure = assertThrows(ErrnoException.class, call);
        assertEquals(errno, failure.errno(), failure.getMessage());
    }
}
