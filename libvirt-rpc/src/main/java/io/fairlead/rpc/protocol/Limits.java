package io.fairlead.rpc.protocol;

/** How many elements each array may have, on either side (libvirt 9.0, remote_protocol.x). */
public final class Limits {
    private Limits() {}

    public static final int AUTH_SASL_DATA = 65_536;
    public static final int AUTH_TYPE_LIST = 20;
    public static final int CONNECT_CPU_MODELS = 8192;
    public static final int CONNECT_GET_ALL_DOMAIN_STATS = 262_144;
    public static final int CPUMAP = 2048;
    public static final int CPUMAPS = 8_388_608;
    public static final int CPU_BASELINE = 256;
    public static final int DOMAIN_BLKIO_PARAMETERS = 16;
    public static final int DOMAIN_BLOCK_IO_TUNE_PARAMETERS = 32;
    public static final int DOMAIN_BLOCK_STATS_PARAMETERS = 16;
    public static final int DOMAIN_DISK_ERRORS = 256;
    public static final int DOMAIN_EVENT_GRAPHICS_IDENTITY = 20;
    public static final int DOMAIN_EVENT_TUNABLE = 2048;
    public static final int DOMAIN_FSFREEZE_MOUNTPOINTS = 256;
    public static final int DOMAIN_FSINFO = 256;
    public static final int DOMAIN_FSINFO_DISKS = 256;
    public static final int DOMAIN_GET_CPU_STATS = 2048;
    public static final int DOMAIN_GUEST_INFO_PARAMS = 2048;
    public static final int DOMAIN_INTERFACE = 2048;
    public static final int DOMAIN_INTERFACE_PARAMETERS = 16;
    public static final int DOMAIN_IP_ADDR = 2048;
    public static final int DOMAIN_JOB_STATS = 64;
    public static final int DOMAIN_LIST = 16_384;
    public static final int DOMAIN_MEMORY_PARAMETERS = 16;
    public static final int DOMAIN_MEMORY_STATS = 1024;
    public static final int DOMAIN_MESSAGES = 2048;
    public static final int DOMAIN_NUMA_PARAMETERS = 16;
    public static final int DOMAIN_PERF_EVENTS = 64;
    public static final int DOMAIN_SAVE_PARAMS = 64;
    public static final int DOMAIN_SCHEDULER_PARAMETERS = 16;
    public static final int DOMAIN_SNAPSHOT_LIST = 16_384;
    public static final int INTERFACE_LIST = 16_384;
    public static final int NETWORK_DHCP_LEASES = 65_536;
    public static final int NETWORK_LIST = 16_384;
    public static final int NETWORK_PORT_LIST = 16_384;
    public static final int NETWORK_PORT_PARAMETERS = 16;
    public static final int NODE_CELLS = 1024;
    public static final int NODE_CPU_STATS = 16;
    public static final int NODE_DEVICE_CAPS_LIST = 65_536;
    public static final int NODE_DEVICE_LIST = 65_536;
    public static final int NODE_MEMORY_PARAMETERS = 64;
    public static final int NODE_MEMORY_STATS = 16;
    public static final int NWFILTER_BINDING_LIST = 16_384;
    public static final int NWFILTER_LIST = 16_384;
    public static final int SECRET_LIST = 16_384;
    public static final int SECRET_VALUE = 65_536;
    public static final int SECURITY_DOI = 257;
    public static final int SECURITY_LABEL = 4097;
    public static final int SECURITY_LABEL_LIST = 64;
    public static final int SECURITY_MODEL = 257;
    public static final int STORAGE_POOL_LIST = 16_384;
    public static final int STORAGE_VOL_LIST = 16_384;
    public static final int VCPUINFO = 16_384;
}
