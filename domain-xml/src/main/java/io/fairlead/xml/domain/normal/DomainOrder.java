package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.ElementOrder;

/** The order of a domain's parts. */
final class DomainOrder {
    static final ElementOrder TABLE = ElementOrder.of(
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
            """);

    private DomainOrder() {}
}
