package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainCpuCalls.DOMAIN_GET_MAX_VCPUS;
import static io.fairlead.rpc.protocol.DomainCpuCalls.DOMAIN_GET_VCPUS;
import static io.fairlead.rpc.protocol.DomainCpuCalls.DOMAIN_GET_VCPUS_FLAGS;
import static io.fairlead.rpc.protocol.DomainCpuCalls.DOMAIN_GET_VCPU_PIN_INFO;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.CONNECT_DOMAIN_XML_FROM_NATIVE;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.CONNECT_DOMAIN_XML_TO_NATIVE;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_DEFINE_XML;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_DEFINE_XML_FLAGS;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_GET_AUTOSTART;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_GET_METADATA;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_GET_XML_DESC;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_RENAME;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_SET_AUTOSTART;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_SET_LIFECYCLE_ACTION;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_SET_METADATA;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_UNDEFINE;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_UNDEFINE_FLAGS;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_CREATE;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_CREATE_WITH_FLAGS;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_CREATE_XML;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_DESTROY;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_DESTROY_FLAGS;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_RESUME;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_SUSPEND;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_ABORT_JOB;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_CONTROL_INFO;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_HOSTNAME;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_INFO;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_JOB_INFO;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_JOB_STATS;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_MESSAGES;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_OS_TYPE;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_SECURITY_LABEL;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_SECURITY_LABEL_LIST;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_STATE;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_IS_ACTIVE;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_IS_PERSISTENT;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_IS_UPDATED;
import static io.fairlead.rpc.protocol.DomainTuningCalls.DOMAIN_GET_MAX_MEMORY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.libvirt.fixture.EngineFixture;
import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.rpc.protocol.DomainCpuCalls.DomainGetVcpuPinInfoArgs;
import io.fairlead.rpc.protocol.DomainCpuCalls.DomainGetVcpusArgs;
import io.fairlead.rpc.protocol.DomainCpuCalls.DomainGetVcpusFlagsArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.ConnectDomainXmlFromNativeArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.ConnectDomainXmlToNativeArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainDefineXmlArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainDefineXmlFlagsArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainGetMetadataArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainGetXmlDescArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainRenameArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainSetAutostartArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainSetLifecycleActionArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainSetMetadataArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainUndefineFlagsArgs;
import io.fairlead.rpc.protocol.DomainLifecycleCalls.DomainCreateWithFlagsArgs;
import io.fairlead.rpc.protocol.DomainLifecycleCalls.DomainCreateXmlArgs;
import io.fairlead.rpc.protocol.DomainLifecycleCalls.DomainDestroyFlagsArgs;
import io.fairlead.rpc.protocol.DomainListCalls;
import io.fairlead.rpc.protocol.DomainListCalls.ConnectListDefinedDomainsArgs;
import io.fairlead.rpc.protocol.DomainListCalls.ConnectListDomainsArgs;
import io.fairlead.rpc.protocol.DomainListCalls.DomainLookupByIdArgs;
import io.fairlead.rpc.protocol.DomainListCalls.DomainLookupByNameArgs;
import io.fairlead.rpc.protocol.DomainListCalls.DomainLookupByUuidArgs;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetControlInfoArgs;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetControlInfoRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetHostnameArgs;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetInfoRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetJobStatsArgs;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetMessagesArgs;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetStateArgs;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetStateRet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainProceduresTest {
    private EngineFixture fixture;
    private TestClient client;

    @BeforeEach
    void start() {
        fixture = new EngineFixture();
        client = fixture.client();
    }

    @AfterEach
    void stop() {
        client.close();
        fixture.close();
    }

    private DomainGetStateRet state(DomainRef dom) {
        return client.call(DOMAIN_GET_STATE, new DomainGetStateArgs(dom, 0));
    }

    @Test
    void lookup_findsADomainByNameUuidAndId() {
        DomainRef on = fixture.running("on");
        assertTrue(on.id() > 0);
        assertEquals(on, client.call(DomainListCalls.DOMAIN_LOOKUP_BY_NAME, new DomainLookupByNameArgs("on")));
        assertEquals(on, client.call(DomainListCalls.DOMAIN_LOOKUP_BY_UUID, new DomainLookupByUuidArgs(on.uuid())));
        assertEquals(on, client.call(DomainListCalls.DOMAIN_LOOKUP_BY_ID, new DomainLookupByIdArgs(on.id())));
    }

    @Test
    void oldLists_separateActiveIdsFromInactiveNames() {
        DomainRef on = fixture.running("on");
        fixture.defined("a");
        fixture.defined("b");
        assertEquals(
                1, client.call(DomainListCalls.CONNECT_NUM_OF_DOMAINS, null).num());
        assertEquals(
                2,
                client.call(DomainListCalls.CONNECT_NUM_OF_DEFINED_DOMAINS, null)
                        .num());
        assertArrayEquals(
                new int[] {on.id()},
                client.call(DomainListCalls.CONNECT_LIST_DOMAINS, new ConnectListDomainsArgs(10))
                        .ids());
        assertEquals(List.of("a", "b"), definedNames(10));
        assertEquals(List.of("a"), definedNames(1));
        assertEquals(
                1,
                client.error(DomainListCalls.CONNECT_LIST_DOMAINS, new ConnectListDomainsArgs(-1))
                        .code());
    }

    private List<String> definedNames(int room) {
        return client.call(DomainListCalls.CONNECT_LIST_DEFINED_DOMAINS, new ConnectListDefinedDomainsArgs(room))
                .names();
    }

    @Test
    void define_thenUndefine_leavesNothing() {
        DomainRef dom = client.call(DOMAIN_DEFINE_XML, new DomainDefineXmlArgs(EngineFixture.xml("c")));
        assertEquals("c", dom.name());
        assertEquals(-1, dom.id());
        client.call(DOMAIN_UNDEFINE, dom);
        assertEquals(42, client.error(DOMAIN_GET_INFO, dom).code());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 8, 16, 32, 64, 127})
    void undefine_withFlagsForWhatAContainerHasNot_isDone(int flags) {
        client.call(DOMAIN_UNDEFINE_FLAGS, new DomainUndefineFlagsArgs(fixture.defined("c"), flags));
        assertEquals(
                0,
                client.call(DomainListCalls.CONNECT_NUM_OF_DEFINED_DOMAINS, null)
                        .num());
    }

    @Test
    void define_withFlags_takesValidateOnly() {
        client.call(DOMAIN_DEFINE_XML_FLAGS, new DomainDefineXmlFlagsArgs(EngineFixture.xml("c"), 1));
        var error = client.error(DOMAIN_DEFINE_XML_FLAGS, new DomainDefineXmlFlagsArgs(EngineFixture.xml("c"), 64));
        assertEquals("unsupported flags (0x40) in function virDomainDefineXMLFlags", error.message());
        assertEquals("flags", error.str2());
        assertEquals(0, error.int1());
    }

    @Test
    void define_withTheValidateFlag_refusesWhatTheSchemaDoesNotKnow() {
        String odd = EngineFixture.xml("c").replace("<vcpu>", "<nonsense/><vcpu>");
        assertEquals(
                92,
                client.error(DOMAIN_DEFINE_XML_FLAGS, new DomainDefineXmlFlagsArgs(odd, 1))
                        .code());
        client.call(DOMAIN_DEFINE_XML_FLAGS, new DomainDefineXmlFlagsArgs(odd, 0));
    }

    @Test
    void define_whenTheTextIsNoXml_isRefusedWithTheParsersCode() {
        assertEquals(
                35,
                client.error(DOMAIN_DEFINE_XML, new DomainDefineXmlArgs("<dom")).code());
        assertEquals(
                27,
                client.error(DOMAIN_DEFINE_XML, new DomainDefineXmlArgs("<foo/>"))
                        .code());
    }

    @Test
    void create_thenDestroy_goesThroughTheStates() {
        DomainRef dom = fixture.defined("c");
        assertEquals(5, state(dom).state());
        client.call(DOMAIN_CREATE, dom);
        assertEquals(new DomainGetStateRet(1, 1), state(dom));
        assertEquals(1, client.call(DOMAIN_IS_ACTIVE, dom).active());
        assertEquals(1, client.call(DOMAIN_IS_PERSISTENT, dom).persistent());
        assertEquals(0, client.call(DOMAIN_IS_UPDATED, dom).updated());
        client.call(DOMAIN_SUSPEND, dom);
        assertEquals(new DomainGetStateRet(3, 1), state(dom));
        client.call(DOMAIN_RESUME, dom);
        assertEquals(1, state(dom).state());
        client.call(DOMAIN_DESTROY, dom);
        assertEquals(new DomainGetStateRet(5, 2), state(dom));
        assertEquals(0, client.call(DOMAIN_IS_ACTIVE, dom).active());
    }

    @Test
    void create_withThePausedFlag_startsPausedWithAnId() {
        DomainRef dom = client.call(DOMAIN_CREATE_WITH_FLAGS, new DomainCreateWithFlagsArgs(fixture.defined("c"), 1));
        assertTrue(dom.id() > 0);
        assertEquals(3, state(dom).state());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16, 32, 64})
    void create_withFlagsLibvirtsDriverRefuses_isRefused(int flags) {
        var args = new DomainCreateWithFlagsArgs(fixture.defined("c"), flags);
        assertEquals(8, client.error(DOMAIN_CREATE_WITH_FLAGS, args).code());
    }

    @Test
    void createXml_isTransientAndGoneOnceDestroyed() {
        DomainRef dom = client.call(DOMAIN_CREATE_XML, new DomainCreateXmlArgs(EngineFixture.xml("t"), 16));
        assertEquals(0, client.call(DOMAIN_IS_PERSISTENT, dom).persistent());
        client.call(DOMAIN_DESTROY_FLAGS, new DomainDestroyFlagsArgs(dom, 0));
        assertEquals(42, client.error(DOMAIN_GET_INFO, dom).code());
    }

    @Test
    void destroy_gracefully_isRefusedRatherThanKilling() {
        DomainRef dom = fixture.running("c");
        assertEquals(
                8,
                client.error(DOMAIN_DESTROY_FLAGS, new DomainDestroyFlagsArgs(dom, 1))
                        .code());
        assertEquals(1, state(dom).state());
    }

    @Test
    void autodestroy_whenTheConnectionGoes_destroysTheDomain() throws Exception {
        DomainRef dom;
        try (TestClient owner = fixture.client()) {
            dom = owner.call(DOMAIN_CREATE_XML, new DomainCreateXmlArgs(EngineFixture.xml("t"), 2));
            assertEquals(1, state(dom).state());
        }
        EngineFixture.await(
                "it is destroyed",
                () -> client.call(DomainListCalls.CONNECT_NUM_OF_DOMAINS, null).num() == 0);
    }

    @Test
    void info_countsInKibAndShowsTheTrueNumberOfCpus() {
        DomainGetInfoRet info = client.call(DOMAIN_GET_INFO, fixture.defined("c"));
        assertEquals(new DomainGetInfoRet(5, 65_536, 65_536, 2, 0), info);
        assertEquals(
                65_536,
                client.call(DOMAIN_GET_MAX_MEMORY, fixture.defined("c2")).memory());
        assertEquals(
                "exe", client.call(DOMAIN_GET_OS_TYPE, fixture.defined("c3")).type());
    }

    @Test
    void vcpus_areThoseOfTheDefinition() {
        DomainRef dom = fixture.running("c");
        assertEquals(2, client.call(DOMAIN_GET_MAX_VCPUS, dom).num());
        for (int flags : new int[] {0, 1, 2, 4, 5, 6}) {
            assertEquals(
                    2,
                    client.call(DOMAIN_GET_VCPUS_FLAGS, new DomainGetVcpusFlagsArgs(dom, flags))
                            .num());
        }
        assertEquals(
                8,
                client.error(DOMAIN_GET_VCPUS_FLAGS, new DomainGetVcpusFlagsArgs(dom, 3))
                        .code());
        assertEquals(
                8,
                client.error(DOMAIN_GET_VCPUS_FLAGS, new DomainGetVcpusFlagsArgs(dom, 8))
                        .code());
    }

    @Test
    void vcpuInfo_hasOneEntryAndOneMapForEachCpu() {
        var info = client.call(DOMAIN_GET_VCPUS, new DomainGetVcpusArgs(fixture.running("c"), 8, 1));
        assertEquals(2, info.info().size());
        assertArrayEquals(new byte[] {0b1111, 0b1111}, info.cpumaps());
        assertEquals(
                55,
                client.error(DOMAIN_GET_VCPUS, new DomainGetVcpusArgs(fixture.defined("d"), 8, 1))
                        .code());
    }

    @Test
    void vcpuInfo_whenTheDefinitionNamesCpus_showsThoseOnly() {
        DomainRef dom = client.call(
                DOMAIN_DEFINE_XML,
                new DomainDefineXmlArgs(
                        EngineFixture.xml("c").replace("<vcpu>2</vcpu>", "<vcpu cpuset='1,3'>2</vcpu>")));
        var info = client.call(DOMAIN_GET_VCPU_PIN_INFO, new DomainGetVcpuPinInfoArgs(dom, 2, 2, 0));
        assertArrayEquals(new byte[] {0b1010, 0, 0b1010, 0}, info.cpumaps());
        assertEquals(2, info.num());
    }

    @Test
    void vcpuInfo_withAbsurdRoom_isRefusedBeforeAllocating() {
        DomainRef dom = fixture.running("c");
        assertEquals(
                1,
                client.error(DOMAIN_GET_VCPUS, new DomainGetVcpusArgs(dom, 16_384, 8_388_608))
                        .code());
        assertEquals(
                1,
                client.error(DOMAIN_GET_VCPUS, new DomainGetVcpusArgs(dom, -1, 1))
                        .code());
    }

    @Test
    void xml_isLiveOrInactiveAsAsked() {
        DomainRef dom = fixture.running("c");
        assertTrue(xml(dom, 0).contains("id='%d'".formatted(dom.id())), xml(dom, 0));
        assertFalse(xml(dom, 2).contains(" id='"), xml(dom, 2));
        assertFalse(xml(dom, 9).isEmpty());
        assertEquals(
                8,
                client.error(DOMAIN_GET_XML_DESC, new DomainGetXmlDescArgs(dom, 4))
                        .code());
    }

    private String xml(DomainRef dom, int flags) {
        return client.call(DOMAIN_GET_XML_DESC, new DomainGetXmlDescArgs(dom, flags))
                .xml();
    }

    @Test
    void autostart_whenSet_isRemembered() {
        DomainRef dom = fixture.defined("c");
        assertEquals(0, client.call(DOMAIN_GET_AUTOSTART, dom).autostart());
        client.call(DOMAIN_SET_AUTOSTART, new DomainSetAutostartArgs(dom, 7));
        assertEquals(1, client.call(DOMAIN_GET_AUTOSTART, dom).autostart());
    }

    @Test
    void metadata_whenSet_isReadBackByItsNamespace() {
        DomainRef dom = fixture.defined("c");
        client.call(DOMAIN_SET_METADATA, new DomainSetMetadataArgs(dom, 1, "a title", null, null, 0));
        assertEquals(
                "a title",
                client.call(DOMAIN_GET_METADATA, new DomainGetMetadataArgs(dom, 1, null, 0))
                        .metadata());
        String uri = "http://example.org/ns";
        client.call(DOMAIN_SET_METADATA, new DomainSetMetadataArgs(dom, 2, "<tag x='1'/>", "ex", uri, 0));
        assertTrue(client.call(DOMAIN_GET_METADATA, new DomainGetMetadataArgs(dom, 2, uri, 0))
                .metadata()
                .contains("tag"));
        client.call(DOMAIN_SET_METADATA, new DomainSetMetadataArgs(dom, 2, null, null, uri, 0));
        assertEquals(
                80,
                client.error(DOMAIN_GET_METADATA, new DomainGetMetadataArgs(dom, 2, uri, 0))
                        .code());
    }

    @Test
    void rename_changesTheNameAndKeepsTheUuid() {
        DomainRef dom = fixture.defined("old");
        assertEquals(
                0,
                client.call(DOMAIN_RENAME, new DomainRenameArgs(dom, "new", 0)).retcode());
        assertEquals(
                dom.uuid(),
                client.call(DomainListCalls.DOMAIN_LOOKUP_BY_NAME, new DomainLookupByNameArgs("new"))
                        .uuid());
        assertEquals(
                8,
                client.error(DOMAIN_RENAME, new DomainRenameArgs(dom, null, 0)).code());
    }

    @Test
    void lifecycleAction_changesTheDefinition() {
        DomainRef dom = fixture.defined("c");
        client.call(DOMAIN_SET_LIFECYCLE_ACTION, new DomainSetLifecycleActionArgs(dom, 0, 1, 2));
        assertTrue(xml(dom, 0).contains("<on_poweroff>restart</on_poweroff>"), xml(dom, 0));
        assertEquals(
                8,
                client.error(DOMAIN_SET_LIFECYCLE_ACTION, new DomainSetLifecycleActionArgs(dom, 3, 1, 2))
                        .code());
    }

    @Test
    void nativeConfiguration_isConvertedBothWays() {
        String config = client.call(
                        CONNECT_DOMAIN_XML_TO_NATIVE,
                        new ConnectDomainXmlToNativeArgs("lxc-tools", EngineFixture.xml("c"), 0))
                .nativeConfig();
        assertTrue(config.contains("lxc.rootfs.path"), config);
        String xml = client.call(
                        CONNECT_DOMAIN_XML_FROM_NATIVE, new ConnectDomainXmlFromNativeArgs("lxc-tools", config, 0))
                .domainXml();
        assertTrue(xml.contains("<name>c</name>"), xml);
        assertEquals(
                8,
                client.error(CONNECT_DOMAIN_XML_TO_NATIVE, new ConnectDomainXmlToNativeArgs("xen-xm", xml, 0))
                        .code());
    }

    @Test
    void running_hasAHostnameAndAControlState() {
        DomainRef dom = fixture.running("web_1");
        assertEquals(
                "web1",
                client.call(DOMAIN_GET_HOSTNAME, new DomainGetHostnameArgs(dom, 0))
                        .hostname());
        assertEquals(
                108,
                client.error(DOMAIN_GET_HOSTNAME, new DomainGetHostnameArgs(dom, 1))
                        .code());
        assertEquals(
                8,
                client.error(DOMAIN_GET_HOSTNAME, new DomainGetHostnameArgs(dom, 2))
                        .code());
        assertEquals(
                new DomainGetControlInfoRet(0, 0, 0),
                client.call(DOMAIN_GET_CONTROL_INFO, new DomainGetControlInfoArgs(dom, 0)));
    }

    @Test
    void jobs_areNone() {
        DomainRef dom = fixture.running("c");
        assertEquals(0, client.call(DOMAIN_GET_JOB_INFO, dom).type());
        assertEquals(
                List.of(),
                client.call(DOMAIN_GET_JOB_STATS, new DomainGetJobStatsArgs(dom, 0))
                        .params());
        assertEquals(55, client.error(DOMAIN_ABORT_JOB, dom).code());
    }

    @Test
    void securityLabel_isEmpty() {
        DomainRef dom = fixture.running("c");
        assertEquals("", client.call(DOMAIN_GET_SECURITY_LABEL, dom).label());
        assertEquals(0, client.call(DOMAIN_GET_SECURITY_LABEL_LIST, dom).ret());
    }

    @Test
    void messages_tellHowInitEnded() throws Exception {
        DomainRef dom = fixture.running("c");
        fixture.guestExits(dom, 3);
        EngineFixture.await("it is off", () -> state(dom).state() != 1);
        List<String> messages = client.call(DOMAIN_GET_MESSAGES, new DomainGetMessagesArgs(dom, 0))
                .msgs();
        assertTrue(messages.stream().anyMatch(message -> message.contains("3")), messages.toString());
        assertEquals(
                List.of(),
                client.call(DOMAIN_GET_MESSAGES, new DomainGetMessagesArgs(dom, 2))
                        .msgs());
    }
}
