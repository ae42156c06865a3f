package io.fairlead.rpc.server;

import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.DomainDefinitionCalls;
import io.fairlead.rpc.protocol.DomainEvents;
import io.fairlead.rpc.protocol.DomainGuestCalls;
import io.fairlead.rpc.protocol.DomainLifecycleCalls;
import io.fairlead.rpc.protocol.DomainListCalls;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.DomainStateCalls;
import io.fairlead.rpc.protocol.LxcProcedure;
import io.fairlead.rpc.protocol.RemoteProcedure;
import io.fairlead.rpc.protocol.StoragePoolCalls;
import io.fairlead.rpc.protocol.StoragePoolRef;
import io.fairlead.rpc.protocol.StorageVolRef;
import io.fairlead.rpc.protocol.StorageVolumeCalls;
import io.fairlead.rpc.wire.PassedFd;
import io.fairlead.rpc.wire.RpcException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** One running domain, "toy", whose console echoes; enough for real clients to find nothing missing that tests need. */
final class ToyDriver {
    static final DomainRef TOY = new DomainRef("toy", UUID.fromString("11111111-2222-3333-4444-555555555555"), 42);
    static final StoragePoolRef POOL =
            new StoragePoolRef("pool", UUID.fromString("aaaaaaaa-2222-3333-4444-555555555555"));
    static final StorageVolRef VOLUME = new StorageVolRef("pool", "volume", "/volume");

    /** The files that clients passed with create --pass-fds, as text read from the descriptors. */
    final List<String> passed = new CopyOnWriteArrayList<>();

    final List<String> opened = new CopyOnWriteArrayList<>();
    volatile byte[] volume = new byte[0];
    /** Descriptors that lxc-enter-namespace gets; made by each call anew. */
    volatile FdSource namespaceFds = List::of;

    interface FdSource {
        List<PassedFd> open() throws Exception;
    }

    Program remote() {
        List<Procedure<?, ?>> procedures = new ArrayList<>(NoAuthentication.procedures());
        procedures.addAll(connection());
        procedures.addAll(domains());
        procedures.addAll(storage());
        return new Program(RemoteProcedure.PROGRAM, 1, procedures, RemoteProcedure.calls());
    }

    Program lxc() {
        return new Program(
                LxcProcedure.PROGRAM,
                1,
                List.of(Procedure.action(
                        LxcProcedure.OPEN_NAMESPACE,
                        Execution.WORKER,
                        (call, args) -> call.replyWithFds(namespaceFds.open()))));
    }

    private List<Procedure<?, ?>> connection() {
        return List.of(
                Procedure.action(ConnectionCalls.CONNECT_OPEN, Execution.INLINE, (call, args) -> {
                    opened.add(args.name());
                    if ((args.flags() & 1) != 0) {
                        call.connection().restrictToReadOnly();
                    }
                }),
                Procedure.action(ConnectionCalls.CONNECT_CLOSE, Execution.INLINE, (call, none) -> {}),
                Procedure.of(ConnectionCalls.CONNECT_SUPPORTS_FEATURE, Execution.INLINE, (call, args) -> {
                    if (args.feature() == 10) {
                        call.connection().enableKeepAlive();
                    }
                    boolean supported = List.of(8, 9, 10, 14, 15, 16).contains(args.feature());
                    return new ConnectionCalls.ConnectSupportsFeatureRet(supported ? 1 : 0);
                }),
                Procedure.action(ConnectionCalls.CONNECT_REGISTER_CLOSE_CALLBACK, Execution.INLINE, (call, none) -> {}),
                Procedure.action(
                        ConnectionCalls.CONNECT_UNREGISTER_CLOSE_CALLBACK, Execution.INLINE, (call, none) -> {}),
                Procedure.of(
                        DomainEvents.CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY,
                        Execution.INLINE,
                        (call, args) -> new DomainEvents.ConnectDomainEventCallbackRegisterAnyRet(args.eventId() + 1)),
                Procedure.action(
                        DomainEvents.CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY,
                        Execution.INLINE,
                        (call, args) -> {}),
                Procedure.of(
                        ConnectionCalls.CONNECT_GET_TYPE,
                        Execution.INLINE,
                        (call, none) -> new ConnectionCalls.ConnectGetTypeRet("LXC")),
                Procedure.async(
                        ConnectionCalls.CONNECT_GET_LIB_VERSION,
                        (call, none) -> CompletableFuture.completedFuture(
                                new ConnectionCalls.ConnectGetLibVersionRet(9_000_000))),
                Procedure.of(ConnectionCalls.CONNECT_GET_HOSTNAME, Execution.WORKER, (call, none) -> {
                    throw new IllegalStateException("nobody expects this");
                }));
    }

    private List<Procedure<?, ?>> domains() {
        return List.of(
                Procedure.of(
                        DomainListCalls.CONNECT_LIST_ALL_DOMAINS,
                        Execution.INLINE,
                        (call, args) -> new DomainListCalls.ConnectListAllDomainsRet(List.of(TOY), 1)),
                Procedure.of(
                        DomainListCalls.DOMAIN_LOOKUP_BY_NAME, Execution.INLINE, (call, args) -> find(args.name())),
                Procedure.of(
                        DomainStateCalls.DOMAIN_GET_STATE,
                        Execution.INLINE,
                        (call, args) -> new DomainStateCalls.DomainGetStateRet(1, 1)),
                Procedure.of(
                        DomainStateCalls.DOMAIN_GET_INFO,
                        Execution.INLINE,
                        (call, args) -> new DomainStateCalls.DomainGetInfoRet(1, 1024, 512, 2, 7_000_000_000L)),
                Procedure.of(
                        DomainDefinitionCalls.DOMAIN_GET_XML_DESC,
                        Execution.WORKER,
                        (call, args) -> new DomainDefinitionCalls.DomainGetXmlDescRet("<domain/>")),
                Procedure.action(
                        DomainLifecycleCalls.DOMAIN_DESTROY, Execution.URGENT, (call, args) -> call.connection()
                                .send(
                                        DomainEvents.DOMAIN_EVENT_CALLBACK_LIFECYCLE,
                                        new DomainEvents.DomainEventCallbackLifecycleMsg(1, TOY, 5, 1))),
                Procedure.of(DomainLifecycleCalls.DOMAIN_CREATE_XML_WITH_FILES, Execution.WORKER, (call, args) -> {
                    for (PassedFd fd : call.receivedFds()) {
                        passed.add(Files.readString(Path.of("/proc/self/fd/" + fd.number())));
                    }
                    return TOY;
                }),
                Procedure.action(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, Execution.WORKER, (call, args) -> {
                    call.openStream(new EchoingConsole(), false);
                }));
    }

    private List<Procedure<?, ?>> storage() {
        return List.of(
                Procedure.of(StoragePoolCalls.STORAGE_POOL_LOOKUP_BY_NAME, Execution.INLINE, (call, args) -> POOL),
                Procedure.of(
                        StoragePoolCalls.STORAGE_POOL_IS_ACTIVE,
                        Execution.INLINE,
                        (call, args) -> new StoragePoolCalls.StoragePoolIsActiveRet(1)),
                Procedure.of(StorageVolumeCalls.STORAGE_VOL_LOOKUP_BY_NAME, Execution.INLINE, (call, args) -> VOLUME),
                Procedure.of(StorageVolumeCalls.STORAGE_VOL_LOOKUP_BY_PATH, Execution.INLINE, (call, args) -> VOLUME),
                Procedure.action(
                        StorageVolumeCalls.STORAGE_VOL_DOWNLOAD,
                        Execution.WORKER,
                        (call, args) -> call.runStream((args.flags() & 1) != 0, stream -> {
                            stream.send(ByteBuffer.wrap(volume));
                            if ((args.flags() & 1) != 0) {
                                stream.sendHole(4096);
                            }
                        })),
                Procedure.action(
                        StorageVolumeCalls.STORAGE_VOL_UPLOAD,
                        Execution.WORKER,
                        (call, args) -> call.runStream((args.flags() & 1) != 0, this::upload)));
    }

    private void upload(BlockingStream stream) throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        BlockingStream.Sink sink = new BlockingStream.Sink() {
            @Override
            public void data(ByteBuffer data) {
                byte[] bytes = new byte[data.remaining()];
                data.get(bytes);
                content.writeBytes(bytes);
            }

            @Override
            public void hole(long length) {
                content.writeBytes(new byte[(int) length]);
            }
        };
        while (stream.receive(sink)) {
            if (content.size() > 100_000_000) {
                throw new RpcException(38, 38, "cannot write to stream: No space left on device");
            }
        }
        volume = content.toByteArray();
    }

    private static DomainRef find(String name) {
        if (!name.equals(TOY.name())) {
            throw new RpcException(42, 17, "Domain not found: No domain with matching name '%s'".formatted(name));
        }
        return TOY;
    }

    private static final class EchoingConsole implements StreamListener {
        @Override
        public void data(RpcStream stream, ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            stream.offer(ByteBuffer.wrap(bytes));
            stream.consumed(bytes.length);
            if (new String(bytes, java.nio.charset.StandardCharsets.UTF_8).contains("quit")) {
                stream.end();
            }
        }
    }
}
