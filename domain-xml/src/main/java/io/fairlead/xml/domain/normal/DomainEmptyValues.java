package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.EmptyValues;

/**
 * The places where a definition may be empty, as libvirt 9.0's own LXC driver answers. Values with rules of their own
 * (names, sources, init's arguments) are not in the table. Columns: place | attributes absent | children absent |
 * choices | numbers.
 */
final class DomainEmptyValues {
    static final EmptyValues TABLE = EmptyValues.of(
            """
            domain | type | uuid title description memory currentMemory on_poweroff on_reboot on_crash ||
            domain/memory | unit |||
            domain/currentMemory | unit |||
            domain/memtune || hard_limit soft_limit swap_hard_limit min_guarantee ||
            memtune/hard_limit | unit |||
            memtune/soft_limit | unit |||
            memtune/swap_hard_limit | unit |||
            memtune/min_guarantee | unit |||
            domain/blkiotune || weight ||
            blkiotune/device || weight read_iops_sec write_iops_sec read_bytes_sec write_bytes_sec ||
            domain/vcpu ||| placement | current
            domain/cputune || shares period quota global_period global_quota emulator_period emulator_quota iothread_period \
            iothread_quota ||
            cputune/vcpupin |||| vcpu
            domain/resource || partition ||
            domain/os || initdir inituser initgroup cmdline ||
            os/type | arch |||
            domain/clock | offset adjustment basis timezone |||
            clock/timer ||| name present tickpolicy track |
            timer/catchup |||| threshold slew limit
            pm/suspend-to-mem ||| enabled |
            pm/suspend-to-disk ||| enabled |
            features/hap ||| state |
            features/pvspinlock ||| state |
            features/pmu ||| state |
            features/vmport ||| state |
            features/vmcoreinfo ||| state |
            domain/seclabel || baselabel label imagelabel | type relabel |
            domain/devices || emulator ||
            devices/filesystem | accessmode | space_hard_limit space_soft_limit | type | fmode dmode
            filesystem/driver ||| type wrpolicy |
            filesystem/source | units |||
            filesystem/space_hard_limit | unit |||
            filesystem/space_soft_limit | unit |||
            devices/disk || serial wwn vendor product | type device |
            disk/driver ||| cache error_policy rerror_policy io |
            disk/target ||| bus |
            devices/interface ||| type |
            interface/source | portgroup || mode |
            interface/guest | dev |||
            interface/link | state |||
            interface/mtu | size |||
            vlan/tag |||| id
            */ip | family |||
            devices/hostdev | managed |||
            source/vendor |||| id
            source/product |||| id
            source/address |||| bus device
            */alias | name |||
            devices/console | tty |||
            */log ||| append |
            devices/memballoon ||| model |
            devices/sound ||| model |
            devices/tpm ||| model |
            tpm/backend ||| type |
            backend/device | path |||
            """);

    private DomainEmptyValues() {}
}
