package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlNode;
import io.fairlead.xml.tree.XmlText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts attributes and children into the order libvirt 9.0 prints them in.
 *
 * <p>An element that libvirt does not know stays behind the known one it followed, a comment stays in front of the
 * element it stood before; so nothing is lost and a second pass changes nothing.
 */
final class Order {
    /**
     * One line per element: its parent (a star for any) and name, its attributes, its children. Names that are missing
     * here keep the order they came in. The parent counts: a disk's serial is a text, a serial port is a device.
     */
    private static final String TABLE =
            """
            /domain | type id | name uuid genid title description metadata maxMemory memory currentMemory blkiotune memtune \
            memoryBacking vcpu vcpus iothreads iothreadids defaultiothread cputune numatune resource sysinfo bootloader \
            bootloader_args os idmap features cpu clock on_poweroff on_reboot on_crash on_lockfailure pm perf devices \
            seclabel keywrap launchSecurity lxc:namespace
            domain/memory | dumpCore unit |
            domain/vcpu | placement cpuset current |
            domain/memtune || hard_limit soft_limit min_guarantee swap_hard_limit
            domain/blkiotune || weight device
            blkiotune/device || path weight read_iops_sec write_iops_sec read_bytes_sec write_bytes_sec
            domain/memoryBacking || hugepages nosharepages locked source access allocation discard
            domain/cputune || shares period quota global_period global_quota emulator_period emulator_quota iothread_period \
            iothread_quota vcpupin emulatorpin iothreadpin emulatorsched vcpusched iothreadsched cachetune memorytune
            domain/numatune || memory memnode
            numatune/memory | mode nodeset placement |
            domain/os | firmware | type firmware init initarg initenv initdir inituser initgroup loader nvram kernel initrd \
            cmdline dtb root acpi boot bootmenu bios smbios
            os/type | arch machine |
            domain/idmap || uid gid
            idmap/uid | start target count |
            idmap/gid | start target count |
            domain/features || acpi apic pae hap viridian privnet hyperv kvm pvspinlock capabilities pmu vmport gic smm ioapic \
            hpt vmcoreinfo htm nested_hv msrs ccf-assist xen cfpc sbbc ibs tcg
            features/capabilities | policy | audit_control audit_write block_suspend chown dac_override dac_read_search \
            fowner fsetid ipc_lock ipc_owner kill lease linux_immutable mac_admin mac_override mknod net_admin \
            net_bind_service net_broadcast net_raw setgid setfcap setpcap setuid sys_admin sys_boot sys_chroot sys_module \
            sys_nice sys_pacct sys_ptrace sys_rawio sys_resource sys_time sys_tty_config syslog wake_alarm
            domain/clock | offset adjustment basis timezone start | timer
            clock/timer | name present tickpolicy track frequency mode | catchup
            timer/catchup | threshold slew limit |
            domain/devices || emulator disk controller lease filesystem interface smartcard serial parallel console channel \
            input tpm graphics sound audio video hostdev redirdev redirfilter hub watchdog memballoon rng nvram panic \
            shmem memory iommu vsock
            devices/disk | type device model rawio sgio snapshot | driver auth source backingStore backenddomain geometry blockio \
            mirror target iotune readonly shareable transient serial wwn vendor product encryption boot alias address
            disk/driver | name type cache error_policy rerror_policy io |
            disk/target | dev bus tray removable rotation_rate |
            devices/filesystem | type accessmode model multidevs fmode dmode | driver binary source target readonly boot alias \
            address space_hard_limit space_soft_limit
            filesystem/driver | type format wrpolicy queue |
            filesystem/source | dir socket dev file name usage units pool volume |
            devices/interface | type managed trustGuestRxFilters | mac source vlan virtualport bandwidth port ip route portForward \
            script downscript backenddomain target guest model driver backend filterref tune teaming link mtu coalesce \
            boot alias rom acpi address
            interface/mac | address type check |
            interface/source | network portgroup portid bridge dev mode | ip route
            interface/target | dev managed |
            */ip | address family prefix peer |
            */route | family address prefix netmask gateway metric |
            devices/hostdev | mode type managed sgio rawio model display ramfb | source ip route teaming readonly shareable boot \
            alias rom acpi address
            source/address | domain bus device slot function port |
            hostdev/source | startupPolicy | vendor product address block char interface
            console/target | type port |
            devices/console | type tty | source protocol log target alias address
            devices/serial | type | source protocol log target alias address
            devices/parallel | type | source protocol log target alias address
            devices/channel | type | source protocol log target alias address
            serial/target | type port | model
            */log | file append |
            domain/seclabel | type model relabel | label imagelabel baselabel
            domain/lxc:namespace || lxc:sharenet lxc:shareipc lxc:shareuts
            """;

    private static final Map<String, Order> ORDERS = read();

    /** A place behind every known one, for comments that follow the last element. */
    private static final int LAST = Integer.MAX_VALUE;

    private final Map<String, Integer> attributes;
    private final Map<String, Integer> children;

    private Order(Map<String, Integer> attributes, Map<String, Integer> children) {
        this.attributes = attributes;
        this.children = children;
    }

    private static Map<String, Order> read() {
        Map<String, Order> orders = new HashMap<>();
        TABLE.lines().forEach(line -> {
            String[] columns = line.split("\\|", -1);
            orders.put(columns[0].strip(), new Order(ranks(columns[1]), ranks(columns[2])));
        });
        return Map.copyOf(orders);
    }

    private static Map<String, Integer> ranks(String names) {
        Map<String, Integer> ranks = new HashMap<>();
        if (!names.isBlank()) {
            for (String name : names.strip().split(" +")) {
                ranks.put(name, ranks.size());
            }
        }
        return Map.copyOf(ranks);
    }

    /**
     * Without the text between the parts of known elements, layout or not: libvirt ignores that text, and left in place
     * it would make the layout around it meaningful. Unknown elements lose only their layout.
     */
    static XmlElement withoutNoise(XmlElement element) {
        return withoutNoise("", element);
    }

    private static XmlElement withoutNoise(String parent, XmlElement element) {
        Order order = find(parent, element);
        if (order == null || !order.isStructure()) {
            return element.withoutLayout();
        }
        List<XmlNode> kept = new ArrayList<>(element.children().size());
        for (XmlNode child : element.children()) {
            if (child instanceof XmlElement part) {
                kept.add(withoutNoise(element.name(), part));
            } else if (!(child instanceof XmlText)) {
                kept.add(child);
            }
        }
        return element.withChildren(kept);
    }

    private static Order find(String parent, XmlElement element) {
        Order own = ORDERS.get(parent + "/" + element.name());
        return own == null ? ORDERS.get("*/" + element.name()) : own;
    }

    /** Orders an element and all below it. Content that is not libvirt's, as in metadata, is left alone. */
    static XmlElement apply(XmlElement element) {
        return apply("", element);
    }

    private static XmlElement apply(String parent, XmlElement element) {
        if (element.is("metadata")) {
            return element;
        }
        XmlElement sorted = element.mapElements(child -> apply(element.name(), child));
        Order order = find(parent, element);
        return order == null ? sorted : order.sortAttributes(order.sortChildren(sorted));
    }

    private boolean isStructure() {
        return !children.isEmpty();
    }

    private XmlElement sortAttributes(XmlElement element) {
        List<XmlAttribute> sorted = new ArrayList<>(element.attributes());
        sorted.sort(Comparator.comparingInt(attribute -> attributes.getOrDefault(attribute.name(), LAST)));
        return sorted.equals(element.attributes()) ? element : element.withAttributes(sorted);
    }

    private XmlElement sortChildren(XmlElement element) {
        if (!isStructure()) {
            return element;
        }
        List<Unit> units = new ArrayList<>();
        Unit open = new Unit(new ArrayList<>(), LAST);
        int rank = -1;
        for (XmlNode child : element.children()) {
            open.nodes().add(child);
            if (child instanceof XmlElement named) {
                rank = children.getOrDefault(named.name(), rank);
                units.add(new Unit(open.nodes(), rank));
                open = new Unit(new ArrayList<>(), LAST);
            }
        }
        units.add(open);
        units.sort(Comparator.comparingInt(Unit::rank));
        List<XmlNode> sorted = new ArrayList<>();
        units.forEach(unit -> sorted.addAll(unit.nodes()));
        return sorted.equals(element.children()) ? element : element.withChildren(sorted);
    }

    /** An element with the comments in front of it. */
    private record Unit(List<XmlNode> nodes, int rank) {}
}
