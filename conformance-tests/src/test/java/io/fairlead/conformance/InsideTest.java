package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.Inside;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The effect of a definition on a container, seen from inside it. */
class InsideTest {
    private static final int CAP_CHOWN = 0;
    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_SYS_MODULE = 16;
    private static final int CAP_SYS_TIME = 25;
    private static final int CAP_MKNOD = 27;
    private static final int CAP_AUDIT_CONTROL = 30;
    private static final int CAP_MAC_ADMIN = 33;

    @Case
    void environment_whenNothingIsSaid_isTheOneOfLibvirt(Server server) {
        RootTree root = RootTree.below(server.directory());
        DomainXml xml = DomainXml.sleeping("c1", root);

        List<String> environment = Inside.ask(server, root, xml, "cat /proc/1/environ | tr '\\0' '\\n'")
                .lines()
                .toList();

        String uuid = server.virsh().ok("domuuid", "c1");
        for (String variable : List.of(
                "PATH=/bin:/sbin",
                "TERM=linux",
                "container=lxc-libvirt",
                "HOME=/",
                "container_uuid=" + uuid,
                "LIBVIRT_LXC_UUID=" + uuid,
                "LIBVIRT_LXC_NAME=c1")) {
            assertTrue(environment.contains(variable), variable + " in " + environment);
        }
    }

    @Case
    void init_whenDescribed_hasItsArgumentsEnvironmentDirectoryAndUser(Server server) {
        RootTree root = RootTree.below(server.directory());
        root.script(
                "answerer",
                "{ pwd; id -u; id -g; echo \"$1|$2|$#\"; env; } > /tmp/part; mv /tmp/part /tmp/answer; exec sleep 1000000\n");
        root.path().resolve("tmp").toFile().setWritable(true, false);
        DomainXml xml = DomainXml.sleeping("c1", root)
                .running("/answerer", "a b", "c")
                .os("<initenv name='GREETING'>hello there</initenv><initdir>/tmp</initdir>"
                        + "<inituser>1000</inituser><initgroup>1000</initgroup><cmdline>quiet splash</cmdline>");
        xml.create(server);

        Eventually.until("init has answered", Duration.ofSeconds(10), () -> root.has("tmp/answer"));

        List<String> answer = root.read("tmp/answer").lines().toList();
        assertEquals(List.of("/tmp", "1000", "1000", "a b|c|2"), answer.subList(0, 4));
        assertTrue(answer.contains("GREETING=hello there"), answer.toString());
        assertTrue(answer.contains("LIBVIRT_LXC_CMDLINE=quiet splash"), answer.toString());
    }

    @Case
    void mountsAndDevices_whenNothingIsSaid_areThoseOfLibvirt(Server server) {
        RootTree root = RootTree.below(server.directory());

        String answer = Inside.ask(
                server,
                root,
                DomainXml.sleeping("c1", root),
                """
                cat /proc/mounts
                for node in null zero full random urandom tty; do
                  [ -c /dev/$node ] && echo device $node
                done
                for node in console tty1 ptmx; do [ -e /dev/$node ] && echo device $node; done
                for link in fd stdin stdout stderr; do [ -L /dev/$link ] && echo device $link; done
                echo 1 > /proc/sys/kernel/sysrq || echo proc-sys is read-only
                mkdir /sys/x || echo sys is read-only
                """);

        assertEquals(
                List.of(
                        "null", "zero", "full", "random", "urandom", "tty", "console", "tty1", "ptmx", "fd", "stdin",
                        "stdout", "stderr"),
                answer.lines()
                        .filter(line -> line.startsWith("device "))
                        .map(line -> line.substring(7))
                        .toList());
        assertTrue(answer.contains("proc-sys is read-only"), answer);
        assertTrue(answer.contains("sys is read-only"), answer);
        assertTrue(answer.contains(" /proc proc "), answer);
        assertTrue(answer.contains(" /dev/pts devpts "), answer);
        assertTrue(answer.matches("(?s).*\\S+ /dev tmpfs .*"), answer);
    }

    @Case
    void processesAndName_whenStarted_areItsOwn(Server server) {
        RootTree root = RootTree.below(server.directory());

        String answer = Inside.ask(
                server,
                root,
                DomainXml.sleeping("c1", root),
                "echo $$; hostname; readlink /proc/self/ns/uts; ls -d /proc/[0-9]* | wc -l");

        List<String> lines = answer.lines().toList();
        assertEquals("1", lines.get(0));
        assertEquals("c1", lines.get(1));
        assertNotEquals(hostNamespace("uts"), lines.get(2));
        assertTrue(Integer.parseInt(lines.get(3).strip()) < 10, answer);
    }

    private static String hostNamespace(String kind) {
        return Command.of("readlink", "/proc/self/ns/" + kind).run().orFail();
    }

    @Case
    void capabilities_whenNothingIsSaid_lackThoseThatReachTheHost(Server server) {
        long bounding = bounding(server, "");

        for (int dropped : new int[] {CAP_SYS_MODULE, CAP_SYS_TIME, CAP_MKNOD, CAP_AUDIT_CONTROL, CAP_MAC_ADMIN}) {
            assertFalse(has(bounding, dropped), dropped + " in " + Long.toHexString(bounding));
        }
        assertTrue(has(bounding, CAP_CHOWN));
        assertTrue(has(bounding, CAP_NET_ADMIN));
    }

    @Case
    void capabilities_whenListed_followPolicyAndList(Server server) {
        assertTrue(
                has(bounding(server, "<capabilities policy='default'><mknod state='on'/></capabilities>"), CAP_MKNOD));
        assertFalse(
                has(bounding(server, "<capabilities policy='default'><chown state='off'/></capabilities>"), CAP_CHOWN));
        long denied = bounding(server, "<capabilities policy='deny'><chown state='on'/></capabilities>");
        assertTrue(has(denied, CAP_CHOWN));
        assertFalse(has(denied, CAP_NET_ADMIN));
        long allowed = bounding(server, "<capabilities policy='allow'><net_admin state='off'/></capabilities>");
        assertTrue(has(allowed, CAP_MAC_ADMIN));
        assertFalse(has(allowed, CAP_NET_ADMIN));
    }

    private static long bounding(Server server, String features) {
        RootTree root = RootTree.below(server.directory());
        DomainXml xml = DomainXml.sleeping("caps" + root.path().getFileName(), root)
                .with("<features>%s</features>".formatted(features));
        String answer = Inside.ask(server, root, xml, "sed -n 's/^CapBnd:[^0-9a-f]*//p' /proc/1/status");
        return Long.parseUnsignedLong(answer, 16);
    }

    private static boolean has(long capabilities, int capability) {
        return (capabilities >> capability & 1) == 1;
    }

    @Case(notTheOracle = "it has no seccomp filter, no masked paths and no cgroup namespace")
    void confinement_whenNothingIsSaid_isTighterThanLibvirts(Server server) {
        RootTree root = RootTree.below(server.directory());

        String answer = Inside.ask(
                server,
                root,
                DomainXml.sleeping("c1", root),
                """
                sed -n 's/^Seccomp:[^0-9]*/seccomp /p' /proc/1/status
                cut -d: -f3 /proc/self/cgroup | sort -u | sed 's/^/cgroup /'
                head -c 1 /proc/kcore | wc -c | sed 's/^ */kcore /'
                ls /proc/1/ns/cgroup > /dev/null && readlink /proc/1/ns/cgroup
                """);

        assertTrue(answer.contains("seccomp 2"), answer);
        assertTrue(answer.contains("kcore 0"), answer);
        assertEquals(
                List.of("cgroup /"),
                answer.lines().filter(line -> line.startsWith("cgroup /")).toList(),
                answer);
        assertFalse(answer.contains(hostNamespace("cgroup")), answer);
    }

    @Case(notTheOracle = "beside a sysfs of its own namespace it cannot give a mapped container its cgroups")
    void idmap_whenGiven_makesRootInsideAnotherOutside(Server server) throws IOException {
        RootTree root = RootTree.below(server.directory());
        Command.of("chown", "-R", "100000:100000", root.path().toString()).run().orFail();
        DomainXml xml = DomainXml.sleeping("c1", root)
                .with(
                        "<idmap><uid start='0' target='100000' count='65536'/><gid start='0' target='100000' count='65536'/></idmap>");
        root.script("ask", "");
        String answer = Inside.ask(
                server,
                root,
                xml,
                "id -u; tr -s ' ' < /proc/self/uid_map; touch /tmp/mine; ls -ln /tmp/mine | tr -s ' ' | cut -d' ' -f3");

        assertEquals("0\n 0 100000 65536\n0", answer);
        assertEquals(100_000, Files.getAttribute(root.path().resolve("tmp/mine"), "unix:uid"));
    }

    @Case
    void filesystems_whenOfEveryKind_areMounted(Server server) throws IOException {
        RootTree root = RootTree.below(server.directory());
        Path shared = Files.createDirectory(
                server.directory().resolve("shared-" + root.path().getFileName()));
        Files.writeString(shared.resolve("hello"), "from outside");
        root.file("srv/inner/here", "from inside");
        Path image = server.directory().resolve("image-" + root.path().getFileName());
        Command.of("truncate", "-s", "8M", image.toString()).run().orFail();
        Command.of("mkfs.ext4", "-q", image.toString()).run().orFail();
        DomainXml xml = DomainXml.sleeping("c1", root)
                .device("<filesystem type='mount'><source dir='%s'/><target dir='/rw'/></filesystem>".formatted(shared))
                .device("<filesystem type='mount'><source dir='%s'/><target dir='/ro'/><readonly/></filesystem>"
                        .formatted(shared))
                .device("<filesystem type='ram'><source usage='1024' units='KiB'/><target dir='/ram'/></filesystem>")
                .device("<filesystem type='bind'><source dir='/srv/inner'/><target dir='/bound'/></filesystem>")
                .device(
                        "<filesystem type='file'><driver type='loop' format='raw'/><source file='%s'/><target dir='/img'/></filesystem>"
                                .formatted(image));

        String answer = Inside.ask(
                server,
                root,
                xml,
                """
                cat /rw/hello; echo
                echo new > /rw/new && echo rw-written
                echo new > /ro/new2 || echo ro-refused
                cat /bound/here; echo
                df -k /ram | tail -1 | tr -s ' ' | cut -d' ' -f2
                grep ' /img ' /proc/mounts | cut -d' ' -f3
                """);

        assertTrue(answer.startsWith("from outside\nrw-written\n"), answer);
        assertTrue(answer.contains("ro-refused\nfrom inside\n1024\next4"), answer);
        assertEquals("new\n", Files.readString(shared.resolve("new")));
    }

    @Case
    void blockFilesystem_whenGiven_isMounted(Server server) {
        RootTree root = RootTree.below(server.directory());
        Path image = server.directory().resolve("block-" + root.path().getFileName());
        Command.of("truncate", "-s", "8M", image.toString()).run().orFail();
        Command.of("mkfs.ext4", "-q", image.toString()).run().orFail();
        String device = Command.of("losetup", "--find", "--show", image.toString())
                .run()
                .orFail();
        try {
            DomainXml xml = DomainXml.sleeping("c1", root)
                    .device("<filesystem type='block'><source dev='%s'/><target dir='/blk'/></filesystem>"
                            .formatted(device));

            assertEquals("ext4", Inside.ask(server, root, xml, "grep ' /blk ' /proc/mounts | cut -d' ' -f3"));

            server.virsh().ok("destroy", "c1");
        } finally {
            Command.of("losetup", "--detach", device).run();
        }
    }

    @Case
    void readonlyRoot_whenGiven_refusesWrites(Server server) throws IOException {
        RootTree root = RootTree.below(server.directory());
        root.file("ram/.keep", "");
        Path shared = Files.createDirectory(
                server.directory().resolve("out-" + root.path().getFileName()));
        root.script(
                "tryit",
                "(touch /new && echo written || echo refused) > /out/part; mv /out/part /out/answer\nexec sleep 1000000\n");
        DomainXml xml = DomainXml.sleeping("c1", root)
                .onRoot("<filesystem type='mount'><source dir='%s'/><target dir='/'/><readonly/></filesystem>"
                        .formatted(root.path()))
                .device("<filesystem type='mount'><source dir='%s'/><target dir='/out'/></filesystem>"
                        .formatted(shared))
                .running("/tryit");
        root.file("out/.keep", "");

        xml.create(server);

        Eventually.until("an answer", Duration.ofSeconds(10), () -> Files.exists(shared.resolve("answer")));
        assertEquals("refused\n", Files.readString(shared.resolve("answer")));
        assertFalse(root.has("new"));
    }

    @Case
    void network_whenPrivate_hasOnlyLoopback(Server server) {
        RootTree root = RootTree.below(server.directory());
        DomainXml xml = DomainXml.sleeping("c1", root).with("<features><privnet/></features>");

        assertEquals("lo", Inside.ask(server, root, xml, "ls /proc/sys/net/ipv4/conf | grep -v -e all -e default"));
    }

    @Case
    void network_whenNothingIsSaid_isTheOneOfTheDaemon(Server server) throws IOException {
        RootTree root = RootTree.below(server.directory());

        String answer = Inside.ask(server, root, DomainXml.sleeping("c1", root), "readlink /proc/self/ns/net");

        assertEquals(
                Files.readSymbolicLink(Path.of("/proc", Long.toString(server.pid()), "ns/net"))
                        .toString(),
                answer);
    }

    @Case
    void namespaces_whenSharedWithAnotherDomain_areTheSame(Server server) {
        RootTree first = RootTree.below(server.directory());
        String question = "for kind in net ipc uts; do readlink /proc/self/ns/$kind; done";
        String owner = Inside.ask(
                server, first, DomainXml.sleeping("owner", first).with("<features><privnet/></features>"), question);
        RootTree second = RootTree.below(server.directory());

        String guest = Inside.ask(
                server,
                second,
                DomainXml.sleeping("guest", second)
                        .with(
                                """
                <lxc:namespace>
                  <lxc:sharenet type='name' value='owner'/>
                  <lxc:shareipc type='name' value='owner'/>
                  <lxc:shareuts type='name' value='owner'/>
                </lxc:namespace>"""),
                question);

        assertEquals(owner, guest);
    }

    @Case
    void cpuset_whenGiven_bindsTheProcesses(Server server) throws IOException {
        Path controllers = Path.of("/sys/fs/cgroup/cgroup.controllers");
        assumeTrue(
                !Files.exists(controllers) || Files.readString(controllers).contains("cpuset"),
                "this kernel has no cpuset controller");
        RootTree root = RootTree.below(server.directory());
        DomainXml xml = DomainXml.sleeping("c1", root).with("<vcpu cpuset='0'>1</vcpu>");

        assertEquals("0", Inside.ask(server, root, xml, "sed -n 's/^Cpus_allowed_list:[^0-9]*//p' /proc/self/status"));
    }

    @Case
    void consoles_whenSeveral_areCountedAndNumbered(Server server) {
        RootTree root = RootTree.below(server.directory());
        DomainXml xml = DomainXml.sleeping("c1", root).consoles("<console type='pty'/><console type='pty'/>");

        if (!server.isOracle()) {
            // conmon holds one terminal. The refusal names the console: it must never silently go nowhere.
            assertTrue(server.virsh()
                    .refused("create", xml.file(server.directory()))
                    .contains("unsupported configuration: more than one console"));
            return;
        }

        String answer = Inside.ask(server, root, xml, "echo $container_ttys; ls /dev/tty1 /dev/tty2");

        assertEquals(
                "/dev/tty1\n/dev/tty2",
                answer.lines().skip(1).reduce((a, b) -> a + "\n" + b).orElse(""),
                answer);
        assertTrue(
                Arrays.asList(answer.lines().findFirst().orElse("").split("[ ,]"))
                                .size()
                        >= 1,
                answer);
    }

    @Case(notTheOracle = "its cgroups are seen from its own cgroup namespace only")
    void tuning_whenDefined_isInForceFromTheStart(Server server) throws IOException {
        RootTree root = RootTree.below(server.directory());
        DomainXml.sleeping("c1", root)
                .with("<memory unit='MiB'>96</memory><currentMemory unit='MiB'>64</currentMemory>")
                .with("<cputune><shares>512</shares><period>100000</period><quota>50000</quota></cputune>")
                .create(server);
        String id = server.virsh().ok("domid", "c1");

        if (Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"))) {
            assertEquals(Long.toString(64L << 20), cgroupFile(id, "", "memory.max"));
            assertEquals("50000 100000", cgroupFile(id, "", "cpu.max"));
        } else {
            assertEquals(Long.toString(64L << 20), cgroupFile(id, "memory", "memory.limit_in_bytes"));
            assertEquals("512", cgroupFile(id, "cpu", "cpu.shares"));
            assertEquals("50000", cgroupFile(id, "cpu", "cpu.cfs_quota_us"));
        }
    }

    private static String cgroupFile(String pid, String controller, String file) throws IOException {
        String group = Files.readAllLines(Path.of("/proc", pid, "cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(parts -> List.of(parts[1].split(",")).contains(controller))
                .findFirst()
                .orElseThrow()[2];
        return Files.readString(Path.of("/sys/fs/cgroup", controller, group, file))
                .strip();
    }

    @Case
    void limits_whenStarted_areNoHigherThanTheDaemons(Server server) {
        RootTree root = RootTree.below(server.directory());

        String answer = Inside.ask(server, root, DomainXml.sleeping("c1", root), "ulimit -H -n");

        String daemons = Command.of("sh", "-c", "ulimit -H -n").run().orFail();
        assertTrue(
                daemons.equals("unlimited")
                        || !answer.equals("unlimited") && Long.parseLong(answer) <= Long.parseLong(daemons),
                answer + " against " + daemons);
    }
}
