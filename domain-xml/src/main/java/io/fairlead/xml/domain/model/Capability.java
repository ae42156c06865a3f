package io.fairlead.xml.domain.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The capabilities a definition can name, in the order libvirt prints them (virDomainProcessCapsFeature). */
public enum Capability {
    AUDIT_CONTROL,
    AUDIT_WRITE,
    BLOCK_SUSPEND,
    CHOWN,
    DAC_OVERRIDE,
    DAC_READ_SEARCH,
    FOWNER,
    FSETID,
    IPC_LOCK,
    IPC_OWNER,
    KILL,
    LEASE,
    LINUX_IMMUTABLE,
    MAC_ADMIN,
    MAC_OVERRIDE,
    MKNOD,
    NET_ADMIN,
    NET_BIND_SERVICE,
    NET_BROADCAST,
    NET_RAW,
    SETGID,
    SETFCAP,
    SETPCAP,
    SETUID,
    SYS_ADMIN,
    SYS_BOOT,
    SYS_CHROOT,
    SYS_MODULE,
    SYS_NICE,
    SYS_PACCT,
    SYS_PTRACE,
    SYS_RAWIO,
    SYS_RESOURCE,
    SYS_TIME,
    SYS_TTY_CONFIG,
    SYSLOG,
    WAKE_ALARM;

    private static final Map<String, Capability> BY_XML_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Capability::xmlName, Function.identity()));

    /** The element's name: {@code sys_admin}. */
    public String xmlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kernel's name: {@code CAP_SYS_ADMIN}. */
    public String kernelName() {
        return "CAP_" + name();
    }

    public static Optional<Capability> ofXmlName(String name) {
        return Optional.ofNullable(BY_XML_NAME.get(name));
    }
}
