package io.fairlead.xml.domain;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Definitions that are refused, with code, origin and words as libvirt 9.0's LXC driver gave them for the same text.
 */
public final class RefusedDefinitions {
    private static final String FILESYSTEM = "<filesystem><source dir='/tmp'/><target dir='/'/></filesystem>";

    private RefusedDefinitions() {}

    /** Each with its text, code and origin such as "27/5", and message. */
    public static Stream<Arguments> all() {
        return Stream.concat(Stream.concat(identity(), tuning()), Stream.concat(guest(), devices()));
    }

    private static Arguments replaced(String part, String by, String code, String message) {
        if (!Definitions.BASE.contains(part)) {
            throw new IllegalArgumentException("part: %s (expected: in the base)".formatted(part));
        }
        return Arguments.of(Definitions.BASE.replace(part, by), code, message);
    }

    private static Arguments added(String elements, String code, String message) {
        return Arguments.of(Definitions.with(elements), code, message);
    }

    private static Arguments device(String device, String code, String message) {
        return Arguments.of(Definitions.withDevice(device), code, message);
    }

    private static Stream<Arguments> identity() {
        String name = "<name>a</name>";
        String uuid = "8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c00";
        return Stream.of(
                replaced(name, "", "21/20", "missing name information"),
                replaced(name, "<name/>", "21/20", "missing name information"),
                replaced(name, "<name>a/b</name>", "27/20", "XML error: name a/b cannot contain '/'"),
                replaced(name, "<name>a\nb</name>", "35/5", "invalid char in name: \n"),
                replaced(name, "<name>..</name>", "27/20", "XML error: name .. names a directory"),
                replaced(uuid, "xyz", "1/20", "internal error: malformed uuid element"),
                replaced(uuid, uuid + "0", "1/20", "internal error: malformed uuid element"),
                replaced(" type='lxc'", "", "1/20", "internal error: missing domain type attribute"),
                replaced("'lxc'", "'zzz'", "67/20", "unsupported configuration: invalid domain type zzz"),
                replaced(
                        "'lxc'",
                        "'kvm'",
                        "8/44",
                        "invalid argument: could not find capabilities for ostype=exe arch=x86_64 domaintype=kvm "),
                Arguments.of("<foo/>", "27/5", "XML error: expecting root element of 'domain', not 'foo'"),
                added("<title>a\nb</title>", "27/20", "XML error: Domain title can't contain newlines"));
    }

    private static Stream<Arguments> tuning() {
        String memory = "<memory>65536</memory>";
        String missing = "XML error: Memory size must be specified via <memory> or in the <numa> configuration";
        return Stream.of(
                replaced(memory, "", "27/20", missing),
                replaced(memory, "<memory>0</memory>", "27/20", missing),
                replaced(
                        memory,
                        "<memory>-1</memory>",
                        "27/5",
                        "XML error: Invalid value '-1' for element or attribute './memory[1]'"),
                replaced(
                        memory,
                        "<memory>99999999999999999999999</memory>",
                        "27/5",
                        "XML error: Invalid value '99999999999999999999999' for element or attribute './memory[1]'"),
                replaced(
                        memory, "<memory unit='EiB'>15</memory>", "82/0", "numerical overflow: value too large: 15EiB"),
                replaced(memory, "<memory unit='foo'>17</memory>", "8/0", "invalid argument: unknown suffix 'foo'"),
                added("<vcpu>x</vcpu>", "27/20", "XML error: maximum vcpus count must be an integer"),
                added("<vcpu>-1</vcpu>", "27/20", "XML error: maximum vcpus count must be an integer"),
                added("<vcpu>0</vcpu>", "27/20", "XML error: vCPU count 0 is out of range [1, 16384]"),
                added(
                        "<vcpu current='5'>2</vcpu>",
                        "67/20",
                        "unsupported configuration: maximum vCPU count must not be less than current vCPU count"),
                added(
                        "<vcpu placement='foo'>2</vcpu>",
                        "27/5",
                        "XML error: Invalid value for attribute 'placement' in element 'vcpu': 'foo'."),
                added("<vcpu cpuset='a'>2</vcpu>", "8/0", "invalid argument: Failed to parse bitmap 'a'"),
                added("<vcpu cpuset=''>2</vcpu>", "8/0", "invalid argument: Failed to parse bitmap ''"),
                added(
                        "<vcpu cpuset='1,^1'>2</vcpu>",
                        "67/20",
                        "unsupported configuration: Invalid value of 'cpuset': 1,^1"),
                added(
                        "<cputune><quota>5</quota></cputune>",
                        "67/20",
                        "unsupported configuration: Value of cputune 'quota' must be in range [1000, 17592186044415]"),
                added(
                        "<cputune><period>5</period></cputune>",
                        "67/20",
                        "unsupported configuration: Value of cputune 'period' must be in range [1000, 1000000]"),
                added("<cputune><shares>x</shares></cputune>", "27/20", "XML error: can't parse cputune shares value"),
                added(
                        "<numatune><memory nodeset='0' mode='foo'/></numatune>",
                        "67/20",
                        "unsupported configuration: Unsupported NUMA memory tuning mode 'foo'"),
                added(
                        "<blkiotune><device><weight>500</weight></device></blkiotune>",
                        "67/20",
                        "unsupported configuration: missing per-device path"),
                added(
                        "<blkiotune><device><path>/a</path><weight>x</weight></device></blkiotune>",
                        "67/20",
                        "unsupported configuration: could not parse weight x"),
                added(
                        "<blkiotune><device><path>/a</path><weight>1</weight></device>"
                                + "<device><path>/a</path><weight>1</weight></device></blkiotune>",
                        "67/20",
                        "unsupported configuration: duplicate blkio device path '/a'"));
    }

    private static Stream<Arguments> guest() {
        String type = "<type>exe</type>";
        return Stream.of(
                replaced(type, "", "27/20", "XML error: an os <type> must be specified"),
                replaced(type, "<type>zip</type>", "67/20", "unsupported configuration: unknown OS type 'zip'"),
                replaced(
                        type,
                        "<type>hvm</type>",
                        "8/44",
                        "invalid argument: could not find capabilities for arch=x86_64 domaintype=lxc "),
                replaced(
                        type,
                        "<type arch='zzz'>exe</type>",
                        "67/20",
                        "unsupported configuration: Unknown architecture zzz"),
                replaced(
                        type,
                        "<type arch='aarch64'>exe</type>",
                        "8/44",
                        "invalid argument: could not find capabilities for ostype=exe arch=aarch64 domaintype=lxc "),
                replaced("<init>/bin/sh</init>", "", "27/20", "XML error: init binary must be specified"),
                replaced("</os>", "<initarg/></os>", "27/20", "XML error: No data supplied for <initarg> element"),
                replaced(
                        "</os>",
                        "<initenv>b</initenv></os>",
                        "27/20",
                        "XML error: No name supplied for <initenv> element"),
                added(
                        "<idmap><uid start='0' target='1' count='1'/></idmap>",
                        "67/20",
                        "unsupported configuration: uid and gid should be mapped both"),
                added(
                        "<idmap><uid start='5' target='1' count='1'/><gid start='0' target='1' count='1'/></idmap>",
                        "67/20",
                        "unsupported configuration: You must map the root user of container"),
                added(
                        "<idmap><uid start='0' count='1'/><gid start='0' target='1' count='1'/></idmap>",
                        "27/20",
                        "XML error: invalid idmap start/target/count settings"),
                added(
                        "<features><capabilities policy='foo'/></features>",
                        "27/5",
                        "XML error: Invalid value for attribute 'policy' in element 'capabilities': 'foo'."),
                added(
                        "<features><capabilities><foo state='on'/></capabilities></features>",
                        "67/20",
                        "unsupported configuration: unexpected capability feature 'foo'"),
                added(
                        "<features><capabilities><mknod state='foo'/></capabilities></features>",
                        "27/5",
                        "XML error: Invalid value for attribute 'state' in element 'mknod': 'foo'."),
                added("<clock offset='foo'/>", "67/20", "unsupported configuration: unknown clock offset 'foo'"),
                added(
                        "<clock><timer name='foo'/></clock>",
                        "27/5",
                        "XML error: Invalid value for attribute 'name' in element 'timer': 'foo'."),
                added(
                        "<on_poweroff>foo</on_poweroff>",
                        "67/20",
                        "unsupported configuration: unknown on_poweroff action: foo"),
                added(
                        "<on_reboot>coredump-destroy</on_reboot>",
                        "67/20",
                        "unsupported configuration: Lifecycle event 'reboot' doesn't support 'coredump-destroy' action"),
                added(
                        namespace("<lxc:sharefoo type='pid' value='1'/>"),
                        "67/17",
                        "unsupported configuration: unsupported Namespace feature: sharefoo"),
                added(
                        namespace("<lxc:sharenet type='foo' value='1'/>"),
                        "1/17",
                        "internal error: Unknown LXC namespace source 'foo'"),
                added(
                        namespace("<lxc:sharenet value='1'/>"),
                        "1/17",
                        "internal error: No lxc environment type specified"));
    }

    private static String namespace(String content) {
        return "<lxc:namespace xmlns:lxc='http://libvirt.org/schemas/domain/lxc/1.0'>" + content + "</lxc:namespace>";
    }

    private static Stream<Arguments> devices() {
        return Stream.of(
                replaced(
                        FILESYSTEM,
                        FILESYSTEM.replace("<filesystem>", "<filesystem type='foo'>"),
                        "27/5",
                        "XML error: Invalid value for attribute 'type' in element 'filesystem': 'foo'."),
                replaced("<target dir='/'/>", "", "20/20", "missing target information for device /tmp"),
                replaced("<source dir='/tmp'/>", "", "19/20", "missing source information for device /"),
                device(
                        "<filesystem type='ram'><source/><target dir='/b'/></filesystem>",
                        "27/20",
                        "XML error: missing 'usage' attribute for RAM filesystem"),
                device(
                        "<filesystem type='ram'><source usage='x'/><target dir='/b'/></filesystem>",
                        "27/20",
                        "XML error: cannot parse usage 'x' for RAM filesystem"),
                device(
                        "<filesystem type='volume'><source pool='p'/><target dir='/b'/></filesystem>",
                        "27/20",
                        "XML error: 'pool' and 'volume' must be specified together for 'pool' type source"),
                device(
                        "<console type='foo'/>",
                        "67/20",
                        "unsupported configuration: unknown type presented to host for character device: foo"),
                device("<disk><source file='/a'/></disk>", "20/20", "missing target information for device /a"),
                device(
                        "<disk><source file='/a'/><target dev='xyz'/></disk>",
                        "27/20",
                        "XML error: Unknown disk name 'xyz' and no address specified"),
                device(
                        "<disk><source file='/a'/><target dev='hdb'/></disk>"
                                + "<disk><source file='/b'/><target dev='hdb'/></disk>",
                        "27/20",
                        "XML error: target 'hdb' duplicated for disk sources '/a' and '/b'"),
                device(
                        "<interface type='foo'/>",
                        "27/5",
                        "XML error: Invalid value for attribute 'type' in element 'interface': 'foo'."),
                device(
                        "<interface type='bridge'><source/></interface>",
                        "27/5",
                        "XML error: Missing required attribute 'bridge' in element 'source'"),
                device(
                        "<interface type='network'><mac address='zz'/><source network='d'/></interface>",
                        "27/20",
                        "XML error: unable to parse mac address 'zz'"),
                device(
                        "<interface type='network'><mac address='01:00:00:00:00:01'/><source network='d'/></interface>",
                        "27/20",
                        "XML error: expected unicast mac address, found multicast '01:00:00:00:00:01'"),
                device(
                        "<hostdev mode='capabilities' type='foo'><source/></hostdev>",
                        "67/20",
                        "unsupported configuration: unknown host device source address type 'foo'"),
                device(
                        "<hostdev mode='capabilities' type='misc'><source/></hostdev>",
                        "27/20",
                        "XML error: Missing <char> element in hostdev character device"),
                device(
                        "<hostdev mode='foo' type='misc'><source/></hostdev>",
                        "67/20",
                        "unsupported configuration: unknown hostdev mode 'foo'"),
                device(
                        "<hostdev mode='capabilities' type='misc'/>",
                        "27/20",
                        "XML error: Missing <source> element in hostdev device"));
    }
}
