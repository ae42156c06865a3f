package io.fairlead.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.HostTables;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In two namespaces of the test's own; the host's links are only read. */
@NeedsHost({HostFeature.ROOT, HostFeature.IPV6})
class KernelNetworkStackTest extends NetworkStackContract {
    private Fd hereDescriptor;
    private Fd thereDescriptor;
    private KernelNetworkStack here;
    private KernelNetworkStack there;

    @BeforeEach
    void open() throws IOException {
        hereDescriptor = NetworkNamespace.create();
        thereDescriptor = NetworkNamespace.create();
        here = KernelNetworkStack.open(hereDescriptor);
        there = KernelNetworkStack.open(thereDescriptor);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        hereDescriptor.close();
        thereDescriptor.close();
    }

    @Override
    NetworkStack here() {
        return here;
    }

    @Override
    NetworkStack there() {
        return there;
    }

    @Override
    Fd hereDescriptor() {
        return hereDescriptor;
    }

    @Override
    Fd thereDescriptor() {
        return thereDescriptor;
    }

    @Test
    void change_whenTheKernelRefuses_passesItsExplanationOn() throws IOException {
        here.create(new LinkKind.Veth(LinkSettings.named("v1")), LinkSettings.named("v0"));
        int index = here.link("v0").orElseThrow().index();
        ErrnoException failure = assertThrows(
                ErrnoException.class,
                () -> here.change(index, LinkSettings.none().withMtu(70_000)));
        assertEquals("mtu greater than device maximum", failure.explanation());
        assertEquals("RTM_NEWLINK", failure.call());
        assertTrue(failure.getMessage().endsWith("EINVAL (mtu greater than device maximum)"), failure.getMessage());
    }

    @Test
    void links_whenThereAreHundreds_listsThemAllFromSeveralDatagrams() throws IOException {
        for (int i = 0; i < 150; i++) {
            here.create(new LinkKind.Veth(LinkSettings.named("far" + i)), LinkSettings.named("near" + i));
        }
        assertEquals(301, here.links().size());
        assertEquals(301, here.links().stream().map(Link::name).distinct().count());
    }

    /** Each dump of one thread races with changes of the other; the list must have the link that never goes. */
    @Test
    void links_whenTheyChangeMeanwhile_areNeverHalfAList() throws Exception {
        for (int i = 0; i < 40; i++) {
            here.create(new LinkKind.Veth(LinkSettings.named("far" + i)), LinkSettings.named("near" + i));
        }
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (KernelNetworkStack second = KernelNetworkStack.open(hereDescriptor)) {
            Future<?> changes = other.submit(() -> {
                for (int i = 0; i < 30; i++) {
                    second.create(new LinkKind.Veth(LinkSettings.named("b")), LinkSettings.named("a"));
                    second.delete(second.link("a").orElseThrow().index());
                }
                return null;
            });
            do {
                List<String> names = here.links().stream().map(Link::name).toList();
                assertEquals(
                        81, names.stream().filter(name -> name.length() > 1).count(), names.toString());
                assertEquals(names.contains("a"), names.contains("b"), names.toString());
            } while (!changes.isDone());
            changes.get();
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void exchange_whenThreadsShareAStack_givesEachItsOwnAnswer() throws Exception {
        for (int i = 0; i < 8; i++) {
            here.create(LinkKind.Bridge.plain(), LinkSettings.named("br" + i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> right = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = "br" + i;
                right.add(threads.submit(() -> {
                    for (int j = 0; j < 200; j++) {
                        assertEquals(name, here.link(name).orElseThrow().name());
                        assertTrue(here.link("none").isEmpty());
                    }
                    return true;
                }));
            }
            for (Future<Boolean> each : right) {
                assertTrue(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void await_whenTheReaderIsTooSlow_tellsSoAndGoesOn() throws IOException {
        here.create(LinkKind.Bridge.plain(), LinkSettings.named("br0"));
        int bridge = here.link("br0").orElseThrow().index();
        try (NetworkChanges changes = here.subscribe()) {
            for (int i = 0; i < 1000; i++) { // some 1.5 KiB each; the socket holds 208 KiB
                here.change(bridge, LinkSettings.none().withMtu(1000 + i));
            }
            List<NetworkChange> all = new ArrayList<>();
            for (List<NetworkChange> some = changes.await(Duration.ZERO);
                    !some.isEmpty();
                    some = changes.await(Duration.ZERO)) {
                all.addAll(some);
            }
            assertTrue(all.contains(new NetworkChange.Overrun()), all.size() + " changes");
            here.delete(bridge);
            assertTrue(changes.await(Duration.ofSeconds(10)).stream()
                    .anyMatch(change -> change instanceof NetworkChange.LinkGone));
        }
    }

    @Test
    void open_whenItReturns_theThreadIsHomeAndNothingIsLeftOpen() throws IOException {
        int pid = (int) ProcessHandle.current().pid();
        try (Fd before = NetworkNamespace.current()) {
            HostTables descriptors = HostTables.descriptors(pid);
            try (KernelNetworkStack stack = KernelNetworkStack.open(thereDescriptor);
                    NetworkChanges changes = stack.subscribe()) {
                assertEquals(List.of(), changes.await(Duration.ZERO));
            }
            assertThrows(
                    IOException.class,
                    () -> NetworkNamespace.within(thereDescriptor, () -> {
                        throw new IOException("on purpose");
                    }));
            assertErrno(Errno.EINVAL, () -> {
                try (Fd file = Fd.open(java.nio.file.Path.of("/proc/self/ns/uts"), 0)) {
                    KernelNetworkStack.open(file);
                }
            });
            try (Fd after = NetworkNamespace.current()) {
                assertTrue(FileStat.of(before).isSameFile(FileStat.of(after)));
            }
            List<String> left = descriptors(descriptors, pid);
            assertEquals(List.of(), left);
        }
    }

    private static List<String> descriptors(HostTables before, int pid) throws IOException {
        return HostTables.descriptors(pid).addedSince(before).stream()
                .filter(line -> line.contains("net:") || line.contains("socket:"))
                .toList();
    }

    @Test
    void within_whenAtWork_isInTheOtherNamespace() throws IOException {
        try (Fd home = NetworkNamespace.current();
                Fd visited = NetworkNamespace.within(thereDescriptor, NetworkNamespace::current)) {
            assertTrue(FileStat.of(thereDescriptor).isSameFile(FileStat.of(visited)));
            assertNotEquals(FileStat.of(home).isSameFile(FileStat.of(visited)), true);
        }
    }

    /** iproute2 as a second reader of what we made. */
    @Test
    @NeedsHost(programs = "ip")
    void create_whenIpLooksAtIt_itSeesTheSame() throws Exception {
        here.create(
                new LinkKind.Bridge(true, Duration.ofSeconds(4), null),
                LinkSettings.named("br0").withUp(true));
        int bridge = here.link("br0").orElseThrow().index();
        here.change(bridge, LinkSettings.none().withMtu(1400));
        here.create(
                new LinkKind.Veth(LinkSettings.named("v1")),
                LinkSettings.named("v0").withMaster(bridge).withUp(true));
        here.changePort(here.link("v0").orElseThrow().index(), BridgePort.isolated(true));
        here.add(LinkAddress.of(bridge, "192.0.2.1/24", AddressFlag.NOPREFIXROUTE));
        here.add(new Route(IpPrefix.parse("198.51.100.0/24"), null, bridge, 5));
        String links = ip("-d", "link", "show");
        assertTrue(links.contains("forward_delay 400"), links);
        assertTrue(links.contains("stp_state 1"), links);
        assertTrue(links.contains("isolated on"), links);
        assertTrue(links.contains("mtu 1400"), links);
        String addresses = ip("addr", "show", "dev", "br0");
        assertTrue(addresses.contains("inet 192.0.2.1/24 scope global noprefixroute br0"), addresses);
        assertTrue(ip("route", "show").contains("198.51.100.0/24 dev br0 proto static scope link metric 5"));
    }

    private String ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        return NetworkNamespace.within(
                hereDescriptor,
                () -> Command.of(command).within(Duration.ofSeconds(10)).run().output());
    }
}
