package io.fairlead.xml.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.xml.Goldens;
import io.fairlead.xml.domain.model.Capability;
import io.fairlead.xml.domain.model.Clock;
import io.fairlead.xml.domain.model.DomainDefinition;
import io.fairlead.xml.domain.model.Features;
import io.fairlead.xml.domain.model.Filesystem;
import io.fairlead.xml.domain.model.GuestOs;
import io.fairlead.xml.domain.model.HostDevice;
import io.fairlead.xml.domain.model.IdMap;
import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import io.fairlead.xml.domain.model.NetworkInterface;
import io.fairlead.xml.domain.model.NumaTune;
import io.fairlead.xml.domain.model.SharedNamespaces;
import io.fairlead.xml.domain.model.VolumeSource;
import io.fairlead.xml.network.model.Bandwidth;
import io.fairlead.xml.network.model.Vlan;
import io.fairlead.xml.nwfilter.FilterReference;
import io.fairlead.xml.value.CpuSet;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The typed view of the golden cases. */
class DomainDefinitionTest {
    private static DomainDefinition golden(String name) {
        Path folder = Goldens.cases("golden")
                .filter(path -> path.endsWith(name))
                .findFirst()
                .orElseThrow();
        return Definitions.parse(Goldens.read(folder.resolve("input.xml"))).definition();
    }

    @Test
    void memory_whenUnitsDiffer_isInBytesRoundedUpToKib() {
        DomainDefinition definition = golden("memory");

        assertEquals(262145L * 1024, definition.memoryBytes());
        assertEquals(97657L * 1024, definition.currentMemoryBytes());
        assertEquals(OptionalLong.of(512L << 20), definition.memoryTune().hardLimitBytes());
        assertEquals(OptionalLong.of(64L << 20), definition.memoryTune().softLimitBytes());
        assertEquals(OptionalLong.of(1L << 30), definition.memoryTune().swapHardLimitBytes());
    }

    @Test
    void memory_whenLimitIsLibvirtsUnlimited_isNone() {
        assertEquals(
                OptionalLong.empty(), golden("memory-unlimited").memoryTune().hardLimitBytes());
    }

    @Test
    void vcpu_whenSetAndTuned_isRead() {
        DomainDefinition definition = golden("vcpu");

        assertEquals(8, definition.vcpus().maximum());
        assertEquals(2, definition.vcpus().current());
        assertEquals(Optional.of(CpuSet.of(0, 2, 7)), definition.vcpus().cpuset());
        assertEquals(OptionalLong.of(2048), definition.cpuTune().shares());
        assertEquals(OptionalLong.of(100_000), definition.cpuTune().periodMicros());
        assertEquals(OptionalLong.of(-1), definition.cpuTune().quotaMicros());
        assertEquals(
                Optional.of(new NumaTune(NumaTune.Mode.INTERLEAVE, Optional.of(CpuSet.of(0, 1)))),
                definition.numaTune());
        assertTrue(golden("vcpu-auto").vcpus().automatic());
    }

    @Test
    void blkio_whenDevicesAreListed_keepsThoseWithALimit() {
        DomainDefinition definition = golden("blkio");

        assertEquals(OptionalInt.of(800), definition.blkioTune().weight());
        assertEquals(1, definition.blkioTune().devices().size());
        var device = definition.blkioTune().devices().get(0);
        assertEquals("/dev/sda", device.path());
        assertEquals(OptionalInt.of(500), device.weight());
        assertEquals(OptionalLong.of(1 << 20), device.readBytes());
        assertEquals(OptionalLong.empty(), device.writeBytes());
        assertEquals(OptionalLong.of(20), device.writeIops());
    }

    @Test
    void os_whenEverythingIsSet_isRead() {
        assertEquals(
                new GuestOs(
                        "exe",
                        "x86_64",
                        "/sbin/init",
                        List.of("--one", "two words"),
                        List.of(
                                new GuestOs.EnvironmentVariable("LANG", "C.UTF-8"),
                                new GuestOs.EnvironmentVariable("A", "b")),
                        Optional.of("/work"),
                        Optional.of("tester"),
                        Optional.of("1000"),
                        Optional.empty()),
                golden("os").os());
    }

    @Test
    void os_whenThereIsACommandLine_isRead() {
        assertEquals(Optional.of("quiet it's \"on\""), golden("os-cmdline").os().cmdline());
    }

    @Test
    void idMap_whenOutOfOrder_isAscending() {
        IdMap map = golden("idmap").idMap();

        assertEquals(List.of(new IdMap.Range(0, 100_000, 1000), new IdMap.Range(1000, 1000, 1)), map.uids());
        assertEquals(List.of(new IdMap.Range(0, 100_000, 65536)), map.gids());
        assertTrue(map.isPresent());
        assertFalse(golden("minimal").idMap().isPresent());
    }

    @Test
    void features_whenPolicyDenies_holdsTheExceptions() {
        Features features = golden("capabilities-deny").features();

        assertTrue(features.privateNetwork());
        assertEquals(Features.CapabilityPolicy.DENY, features.policy());
        assertEquals(Boolean.TRUE, features.capabilities().get(Capability.MKNOD));
        assertEquals(Boolean.FALSE, features.capabilities().get(Capability.AUDIT_CONTROL));
        assertEquals(3, features.capabilities().size());
    }

    @Test
    void features_whenAllAreListed_knowsEveryName() {
        assertEquals(
                EnumSet.allOf(Capability.class),
                EnumSet.copyOf(
                        golden("capabilities-all").features().capabilities().keySet()));
        assertEquals(37, Capability.values().length);
        assertTrue(
                Arrays.stream(Capability.values()).allMatch(c -> c.kernelName().startsWith("CAP_")));
    }

    @Test
    void clockAndLifecycle_whenSet_areRead() {
        Clock clock = golden("clock-timers").clock();
        assertEquals("localtime", clock.offset());
        assertEquals(
                List.of(new Clock.Timer("rtc", Optional.of(true)), new Clock.Timer("hpet", Optional.of(false))),
                clock.timers());

        var lifecycle = golden("lifecycle").lifecycle();
        assertEquals(LifecycleAction.RESTART, lifecycle.on(LifecycleEvent.POWEROFF));
        assertEquals(LifecycleAction.RENAME_RESTART, lifecycle.on(LifecycleEvent.REBOOT));
        assertEquals(LifecycleAction.COREDUMP_RESTART, lifecycle.on(LifecycleEvent.CRASH));
    }

    @Test
    void namespaces_whenShared_nameTheirSource() {
        assertEquals(
                new SharedNamespaces(
                        Optional.of(new SharedNamespaces.Source(SharedNamespaces.Type.NETNS, "red")),
                        Optional.of(new SharedNamespaces.Source(SharedNamespaces.Type.NAME, "other")),
                        Optional.of(new SharedNamespaces.Source(SharedNamespaces.Type.PID, "12345"))),
                golden("namespaces").namespaces());
        assertEquals(SharedNamespaces.NONE, golden("namespaces-unused").namespaces());
    }

    @Test
    void filesystems_whenOfEveryType_areRead() {
        List<Filesystem> filesystems = golden("filesystems").devices().filesystems();

        assertEquals(9, filesystems.size());
        assertTrue(filesystems.get(0).isRoot());
        assertTrue(filesystems.get(1).readonly());
        assertEquals(Optional.of("loop"), filesystems.get(2).driver());
        assertEquals(Optional.of("qcow2"), filesystems.get(3).format());
        assertEquals("/dev/vdb1", filesystems.get(4).source());
        assertEquals(10L << 20, filesystems.get(5).usageBytes());
        assertEquals(64L << 10, filesystems.get(6).usageBytes());
        assertEquals(
                Optional.of(new VolumeSource("p1", "v1")),
                golden("filesystem-volume").devices().filesystems().get(1).volume());
        assertEquals(OptionalLong.of(1 << 20), filesystems.get(8).spaceHardLimitBytes());
    }

    @Test
    void otherDevices_whenListed_areRead() {
        assertEquals(
                List.of(
                        new HostDevice.Storage("/dev/sdf1"),
                        new HostDevice.Misc("/dev/input/event3"),
                        new HostDevice.Net("eth4"),
                        new HostDevice.Usb(
                                OptionalInt.of(0x1234),
                                OptionalInt.of(0xbeef),
                                OptionalInt.empty(),
                                OptionalInt.empty()),
                        new HostDevice.Usb(
                                OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(1), OptionalInt.of(3))),
                golden("hostdevs").devices().hostDevices());

        var interfaces = golden("interfaces").devices().interfaces();
        assertEquals("52:54:00:aa:bb:01", interfaces.get(0).mac());
        assertEquals(Optional.of("br0"), interfaces.get(1).source());
        assertEquals(Optional.of("eth5"), interfaces.get(1).guestName());
        assertEquals(Optional.of(true), interfaces.get(1).linkUp());

        assertEquals(
                List.of(
                        new NetworkInterface.Ip("192.0.2.2", OptionalInt.of(24), Optional.empty()),
                        new NetworkInterface.Ip("2001:db8::2", OptionalInt.of(64), Optional.empty())),
                interfaces.get(1).ips());
        assertEquals(
                List.of(new NetworkInterface.Route(
                        "0.0.0.0", OptionalInt.empty(), Optional.empty(), "192.0.2.1", OptionalLong.empty())),
                interfaces.get(1).routes());
        assertEquals(
                Optional.of(new FilterReference("clean-traffic", Map.of())),
                interfaces.get(1).filter());
        assertEquals(OptionalLong.of(1400), interfaces.get(1).mtuBytes());
        assertEquals(
                Optional.of(new Bandwidth(
                        Optional.of(new Bandwidth.Rate(
                                OptionalLong.of(1000),
                                OptionalLong.of(2000),
                                OptionalLong.empty(),
                                OptionalLong.empty())),
                        Optional.empty())),
                interfaces.get(1).bandwidth());
        assertEquals(
                List.of(new NetworkInterface.Ip("192.0.2.9", OptionalInt.of(30), Optional.empty())),
                interfaces.get(2).hostIps());
        assertEquals(Optional.of("vepa"), interfaces.get(3).sourceMode());
        assertEquals(
                Optional.of(new Vlan(false, List.of(new Vlan.Tag(42, Optional.empty())))),
                interfaces.get(4).vlan());
        assertEquals(
                Optional.of("openvswitch"),
                interfaces.get(4).virtualPort().orElseThrow().type());

        var disks = golden("disks").devices().disks();
        assertEquals("vda", disks.get(0).target());
        assertEquals(Optional.of("none"), disks.get(0).cache());

        var consoles = golden("consoles").devices().consoles();
        assertEquals(3, consoles.size());
        assertEquals(Optional.of("/var/log/c.log"), consoles.get(0).logFile());
        assertTrue(consoles.get(0).logAppends());
        assertEquals(2, consoles.get(2).port());
    }
}
