package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/**
 * libvirt-java: every public method of its Connect and Domain classes, called, with the expected results. Methods that
 * are left out are listed with the reason, and a method of neither list fails the build.
 */
@SuppressWarnings("deprecation") // clients call deprecated methods all the same
class JavaClientTest {
    /** libvirt-java hands out the numbers of libvirt's errors as an enum's ordinals. */
    private static final int NO_SUPPORT = 3;

    /**
     * Not daemon calls: fields, listeners of the local event loop (EventTest has them), methods for other hypervisors.
     */
    private static final Set<String> CONNECT_LEFT_OUT = Set.of(
            "connectionVersion",
            "getSysinfo",
            "convertUUIDBytes",
            "createUUIDBytes",
            "setErrorCallback",
            "hashCode",
            "equals",
            "setConnectionErrorCallback",
            "registerCloseListener",
            "unregisterCloseListener",
            "addIOErrorListener",
            "addAgentLifecycleListener",
            "addLifecycleListener",
            "addPMSuspendListener",
            "removePMSuspendListener",
            "addPMWakeupListener",
            "removePMWakeupListener",
            "removeLifecycleListener",
            "removeAgentLifecycleListener",
            "addRebootListener",
            "removeBlockJobListener",
            "removeIOErrorListener",
            "setDom0Memory",
            "isConnected",
            "setKeepAlive",
            "streamNew",
            "close",
            "domainCreateLinux",
            "restore");

    private static final Set<String> DOMAIN_LEFT_OUT = Set.of(
            "hashCode",
            "equals",
            "getConnect",
            "cpuMapLength",
            "free",
            "addBlockJobListener",
            "removeBlockJobListener",
            "addIOErrorListener",
            "addRebootListener",
            "addAgentLifecycleListener",
            "addLifecycleListener",
            "addPMWakeupListener",
            "addPMSuspendListener",
            "migrate",
            "migrateToURI",
            "migrateSetMaxDowntime",
            "memoryPeek",
            "blockPeek",
            "blockCopy",
            "revertToSnapshot",
            "screenshot",
            "sendKey",
            "setSchedulerParameters",
            "updateDeviceFlags",
            "attachDevice",
            "attachDeviceFlags",
            "detachDevice",
            "detachDeviceFlags",
            "interfaceStats",
            "blockStats",
            "getCPUStats",
            "memoryStats",
            "getSchedulerParameters",
            "getSchedulerType",
            "setMemory",
            "setMaxMemory",
            "setVcpus",
            "setVcpusFlags",
            "pinVcpu",
            "getVcpusCpuMaps",
            "interfaceAddresses",
            "getBackupXMLDesc",
            "backupBegin",
            "blockInfo",
            "blockResize",
            "blockCommit",
            "getBlockJobInfo",
            "blockJobAbort",
            "coreDump",
            "managedSave",
            "managedSaveRemove",
            "save",
            "qemuAgentCommand",
            "qemuMonitorCommand",
            "PMsuspend",
            "PMsuspendFor",
            "PMwakeup",
            "setUserPassword",
            "abortJob",
            "getJobStats",
            "checkpointCreateXML",
            "listAllCheckpoints",
            "checkpointLookupByName",
            "checkpointListNames");

    @FunctionalInterface
    private interface Action {
        Object call() throws LibvirtException;
    }

    /** Collects all deviations, so that one run shows every one of them. */
    private static final class Walk {
        private final Server server;
        private final List<String> wrong = new ArrayList<>();
        private final Set<String> walked = new TreeSet<>();

        Walk(Server server) {
            this.server = server;
        }

        void answers(String method, Action action) {
            walked.add(method);
            try {
                action.call();
            } catch (LibvirtException e) {
                // The original serves less than we do.
                if (!(server.isOracle() && code(e) == NO_SUPPORT)) {
                    wrong.add(method + ": " + code(e) + " " + e.getMessage());
                }
            }
        }

        void gives(String method, Object expected, Action action) {
            answers(method, () -> {
                Object actual = action.call();
                if (!expected.equals(actual)) {
                    wrong.add("%s: %s instead of %s".formatted(method, actual, expected));
                }
                return actual;
            });
        }

        void refuses(String method, int expected, Action action) {
            walked.add(method);
            try {
                wrong.add(method + " gave " + action.call());
            } catch (LibvirtException e) {
                if (code(e) != expected && !(server.isOracle() && code(e) == NO_SUPPORT)) {
                    wrong.add("%s: code %d instead of %d: %s".formatted(method, code(e), expected, e.getMessage()));
                }
            }
        }

        private static int code(LibvirtException e) {
            return e.getError() == null ? -1 : e.getError().getCode().ordinal();
        }
    }

    @Case
    void connect_whenWalked_answersEveryMethod(Server server) throws LibvirtException {
        String xml =
                DomainXml.sleeping(server, "c1").withUuid(UUID.randomUUID()).text();
        String nowhere = "00000000-0000-4000-8000-000000000000";
        UUID noUuid = UUID.fromString(nowhere);
        Connect connect = new Connect(server.uri());
        try {
            Walk walk = new Walk(server);
            walk.answers("domainDefineXML", () -> connect.domainDefineXML(xml));
            walk.gives("numOfDefinedDomains", 1, connect::numOfDefinedDomains);
            walk.gives("listDefinedDomains", List.of("c1"), () -> Arrays.asList(connect.listDefinedDomains()));
            walk.answers("domainCreateXML", () -> connect.domainCreateXML(xml, 0));
            walk.gives("numOfDomains", 1, connect::numOfDomains);
            int id = connect.listDomains()[0];
            walk.gives("listDomains", 1, () -> connect.listDomains().length);
            walk.gives("listAllDomains", 1, () -> connect.listAllDomains(0).length);
            walk.gives(
                    "domainLookupByID", "c1", () -> connect.domainLookupByID(id).getName());
            walk.gives("domainLookupByName", id, () -> connect.domainLookupByName("c1")
                    .getID());
            Domain domain = connect.domainLookupByName("c1");
            walk.gives("domainLookupByUUID", "c1", () -> connect.domainLookupByUUID(domain.getUUID())
                    .getName());
            walk.gives("domainLookupByUUIDString", "c1", () -> connect.domainLookupByUUIDString(domain.getUUIDString())
                    .getName());
            walk.refuses("domainLookupByName", 42, () -> connect.domainLookupByName("nope"));
            walk.refuses("domainLookupByUUID", 42, () -> connect.domainLookupByUUID(noUuid));

            walk.gives("getType", "LXC", connect::getType);
            walk.gives("getURI", server.uri(), connect::getURI);
            walk.answers("getCapabilities", connect::getCapabilities);
            walk.answers("getHostName", connect::getHostName);
            walk.answers("getLibVirVersion", connect::getLibVirVersion);
            walk.answers("getLibVersion", connect::getLibVersion);
            walk.answers("getHypervisorVersion", () -> connect.getHypervisorVersion("LXC"));
            walk.answers("getVersion", connect::getVersion);
            walk.answers("nodeInfo", connect::nodeInfo);
            walk.answers("getFreeMemory", connect::getFreeMemory);
            walk.answers("getCellsFreeMemory", () -> connect.getCellsFreeMemory(0, 1));
            walk.answers("getSecurityModel", connect::getSecurityModel);
            walk.answers("getMaxVcpus", () -> connect.getMaxVcpus("lxc"));
            walk.gives("isEncrypted", 0, connect::isEncrypted);
            walk.gives("isSecure", 1, connect::isSecure);
            walk.gives("isAlive", true, connect::isAlive);
            walk.answers(
                    "domainXMLFromNative",
                    () -> connect.domainXMLFromNative("lxc-tools", "lxc.uts.name = n\nlxc.rootfs.path = /r\n", 0));
            walk.answers("domainXMLToNative", () -> connect.domainXMLToNative("lxc-tools", xml, 0));

            for (String kind : List.of(
                    "numOfDefinedInterfaces",
                    "numOfDefinedNetworks",
                    "numOfDefinedStoragePools",
                    "numOfNetworkFilters",
                    "numOfNetworks",
                    "numOfSecrets",
                    "numOfStoragePools")) {
                walk.gives(kind, 0, () -> reflect(connect, kind));
            }
            for (String kind : List.of(
                    "listDefinedInterfaces",
                    "listDefinedNetworks",
                    "listDefinedStoragePools",
                    "listNetworkFilters",
                    "listNetworks",
                    "listSecrets",
                    "listStoragePools")) {
                walk.gives(kind, 0, () -> ((String[]) reflect(connect, kind)).length);
            }
            walk.answers("numOfInterfaces", connect::numOfInterfaces);
            walk.answers("listInterfaces", connect::listInterfaces);
            walk.answers("numOfDevices", () -> connect.numOfDevices(null));
            walk.answers("listDevices", () -> connect.listDevices(null));

            walk.refuses("networkLookupByName", 43, () -> connect.networkLookupByName("nope"));
            walk.refuses("networkLookupByUUID", 43, () -> connect.networkLookupByUUID(noUuid));
            walk.refuses("networkLookupByUUIDString", 43, () -> connect.networkLookupByUUIDString(nowhere));
            walk.refuses("storagePoolLookupByName", 49, () -> connect.storagePoolLookupByName("nope"));
            walk.refuses("storagePoolLookupByUUID", 49, () -> connect.storagePoolLookupByUUID(noUuid));
            walk.refuses("storagePoolLookupByUUIDString", 49, () -> connect.storagePoolLookupByUUIDString(nowhere));
            walk.refuses("storageVolLookupByKey", 50, () -> connect.storageVolLookupByKey("/nope"));
            walk.refuses("storageVolLookupByPath", 50, () -> connect.storageVolLookupByPath("/nope"));
            walk.refuses("networkFilterLookupByName", 62, () -> connect.networkFilterLookupByName("nope"));
            walk.refuses("networkFilterLookupByUUID", 62, () -> connect.networkFilterLookupByUUID(noUuid));
            walk.refuses("networkFilterLookupByUUIDString", 62, () -> connect.networkFilterLookupByUUIDString(nowhere));
            walk.refuses("interfaceLookupByName", 57, () -> connect.interfaceLookupByName("nope"));
            walk.refuses(
                    "interfaceLookupByMACString", 57, () -> connect.interfaceLookupByMACString("52:54:00:00:00:01"));
            walk.refuses("deviceLookupByName", 53, () -> connect.deviceLookupByName("nope"));
            walk.refuses("secretLookupByUUID", 66, () -> connect.secretLookupByUUID(noUuid));
            walk.refuses("secretLookupByUUIDString", 66, () -> connect.secretLookupByUUIDString(nowhere));

            // Writes to kinds that come later, and calls no container can serve: refused as unsupported, not broken.
            if (!server.isOracle()) {
                walk.refuses("networkCreateXML", NO_SUPPORT, () -> connect.networkCreateXML("<network/>"));
                walk.refuses("networkDefineXML", NO_SUPPORT, () -> connect.networkDefineXML("<network/>"));
                walk.refuses("networkFilterDefineXML", NO_SUPPORT, () -> connect.networkFilterDefineXML("<filter/>"));
                walk.refuses("secretDefineXML", NO_SUPPORT, () -> connect.secretDefineXML("<secret/>"));
                walk.refuses("storagePoolCreateXML", 27, () -> connect.storagePoolCreateXML("<pool/>", 0));
                walk.refuses("storagePoolDefineXML", 27, () -> connect.storagePoolDefineXML("<pool/>", 0));
                walk.refuses(
                        "findStoragePoolSources", NO_SUPPORT, () -> connect.findStoragePoolSources("dir", null, 0));
                walk.refuses("interfaceDefineXML", NO_SUPPORT, () -> connect.interfaceDefineXML("<interface/>"));
                walk.refuses("deviceCreateXML", NO_SUPPORT, () -> connect.deviceCreateXML("<device/>"));
                walk.refuses("baselineCPU", NO_SUPPORT, () -> connect.baselineCPU(new String[] {"<cpu/>"}));
                walk.refuses("compareCPU", NO_SUPPORT, () -> connect.compareCPU("<cpu/>"));
                assertEquals(Set.of(), missing(Connect.class, walk.walked, CONNECT_LEFT_OUT));
            }
            assertEquals(List.of(), walk.wrong);
        } finally {
            connect.close();
        }
    }

    private static Object reflect(Connect connect, String method) throws LibvirtException {
        try {
            return Connect.class.getMethod(method).invoke(connect);
        } catch (java.lang.reflect.InvocationTargetException e) {
            if (e.getCause() instanceof LibvirtException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Case
    void domain_whenWalked_answersEveryMethod(Server server) throws LibvirtException {
        UUID uuid = UUID.randomUUID();
        Connect connect = new Connect(server.uri());
        try {
            Domain domain = connect.domainDefineXML(
                    DomainXml.sleeping(server, "c1").withUuid(uuid).text());
            Walk walk = new Walk(server);
            walk.gives("isActive", 0, domain::isActive);
            walk.refuses("suspend", 55, () -> run(domain::suspend));
            walk.refuses("resume", 55, () -> run(domain::resume));
            walk.refuses("destroy", 55, () -> run(domain::destroy));
            walk.refuses("shutdown", 55, () -> run(domain::shutdown));
            walk.refuses("reboot", 55, () -> run(() -> domain.reboot(0)));
            walk.gives("create", 0, domain::create);
            walk.gives("isActive", 1, domain::isActive);
            walk.refuses("create", 55, () -> domain.create(0));

            walk.gives("getName", "c1", domain::getName);
            walk.gives("getUUIDString", uuid.toString(), domain::getUUIDString);
            walk.gives("getUUID", 16, () -> domain.getUUID().length);
            walk.gives("getID", true, () -> domain.getID() > 0);
            walk.gives("getOSType", "exe", domain::getOSType);
            walk.gives("getMaxMemory", 65_536L, domain::getMaxMemory);
            walk.gives("getInfo", 1, () -> domain.getInfo().nrVirtCpu);
            walk.gives("getAutostart", false, domain::getAutostart);
            walk.answers("setAutostart", () -> run(() -> domain.setAutostart(true)));
            walk.gives("getAutostart", true, domain::getAutostart);
            walk.gives("isPersistent", 1, domain::isPersistent);
            walk.gives("isUpdated", false, domain::isUpdated);
            walk.gives("hasManagedSaveImage", 0, domain::hasManagedSaveImage);
            walk.gives("hasCurrentSnapshot", 0, domain::hasCurrentSnapshot);
            walk.gives("snapshotNum", 0, domain::snapshotNum);
            walk.gives("snapshotListNames", 0, () -> domain.snapshotListNames().length);
            walk.refuses("snapshotLookupByName", 72, () -> domain.snapshotLookupByName("nope"));
            walk.refuses("snapshotCurrent", 72, domain::snapshotCurrent);
            walk.gives("getXMLDesc", true, () -> domain.getXMLDesc(0).contains("<name>c1</name>"));
            walk.answers("setMetadata", () -> run(() -> domain.setMetadata(0, "words", null, null, 0)));
            walk.gives("getMetadata", "words", () -> domain.getMetadata(0, null, 0));
            walk.refuses("getMetadata", 80, () -> domain.getMetadata(2, "http://example.org/none", 0));
            walk.answers("getSecurityLabel", domain::getSecurityLabel);
            walk.gives("getMaxVcpus", 1, domain::getMaxVcpus);
            walk.gives("getVcpusInfo", 1, () -> domain.getVcpusInfo().length);
            walk.answers("getJobInfo", domain::getJobInfo);
            walk.answers("suspend", () -> run(domain::suspend));
            walk.answers("resume", () -> run(domain::resume));
            walk.answers("reset", () -> run(domain::reset));
            if (!server.isOracle()) {
                // Its root is a directory of the host, and only a volume has snapshots: VIR_ERR_CONFIG_UNSUPPORTED.
                walk.refuses("snapshotCreateXML", 67, () -> domain.snapshotCreateXML("<domainsnapshot/>"));
            }
            walk.answers("destroy", () -> run(domain::destroy));
            walk.answers("undefine", () -> run(domain::undefine));
            walk.refuses("getXMLDesc", 42, () -> domain.getXMLDesc(0));

            assertEquals(List.of(), walk.wrong);
            if (!server.isOracle()) {
                assertEquals(Set.of(), missing(Domain.class, walk.walked, DOMAIN_LEFT_OUT));
            }
        } finally {
            connect.close();
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws LibvirtException;
    }

    private static Object run(Step step) throws LibvirtException {
        step.run();
        return "done";
    }

    private static Set<String> missing(Class<?> type, Set<String> walked, Set<String> leftOut) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(method -> method.getName())
                .filter(name -> !walked.contains(name) && !leftOut.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Case
    void connection_whenOpenedReadOnly_refusesWrites(Server server) throws LibvirtException {
        DomainXml.sleeping(server, "c1").define(server);
        Connect connect = new Connect(server.readOnlyUri(), true);
        try {
            Walk walk = new Walk(server);
            Domain domain = connect.domainLookupByName("c1");
            walk.refuses("create", 29, domain::create);
            walk.refuses("undefine", 29, () -> run(domain::undefine));
            walk.refuses("setAutostart", 29, () -> run(() -> domain.setAutostart(true)));
            walk.refuses("domainDefineXML", 29, () -> connect.domainDefineXML("<domain/>"));
            assertEquals(List.of(), walk.wrong);
        } finally {
            connect.close();
        }
    }
}
