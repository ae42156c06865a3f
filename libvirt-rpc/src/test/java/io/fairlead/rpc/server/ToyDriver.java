package io.fairlead.rpc.server;

import io.fairlead.rpc.protocol.Connections;
import io.fairlead.rpc.protocol.DomainDefinitions;
import io.fairlead.rpc.protocol.DomainEvents;
import io.fairlead.rpc.protocol.DomainGuest;
import io.fairlead.rpc.protocol.DomainLifecycle;
import io.fairlead.rpc.protocol.DomainLists;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.DomainState;
import io.fairlead.rpc.protocol.LxcProcedure;
import io.fairlead.rpc.protocol.RemoteProcedure;
import io.fairlead.rpc.protocol.StoragePoolRef;
import io.fairlead.rpc.protocol.StoragePools;
import io.fairlead.rpc.protocol.StorageVolRef;
import io.fairlead.rpc.protocol.StorageVolumes;
import io.fairlead.rpc.wire.Fd;
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
        List<Fd> open() throws Exception;
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
                Procedure.action(Connections.CONNECT_OPEN, Execution.INLINE, (call, args) -> {
                    opened.add(args.name());
                    if ((args.flags() & 1) != 0) {
                        call.connection().restrictToReadOnly();
                    }
                }),
                Procedure.action(Connections.CONNECT_CLOSE, Execution.INLINE, (call, none) -> {}),
                Procedure.of(Connections.CONNECT_SUPPORTS_FEATURE, Execution.INLINE, (call, args) -> {
                    if (args.feature() == 10) {
                        call.connection().enableKeepAlive();
                    }
                    boolean supported = List.of(8, 9, 10, 14, 15, 16).contains(args.feature());
                    return new Connections.ConnectSupportsFeatureRet(supported ? 1 : 0);
                }),
                Procedure.action(Connections.CONNECT_REGISTER_CLOSE_CALLBACK, Execution.INLINE, (call, none) -> {}),
                Procedure.action(Connections.CONNECT_UNREGISTER_CLOSE_CALLBACK, Execution.INLINE, (call, none) -> {}),
                Procedure.of(
                        DomainEvents.CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY,
                        Execution.INLINE,
                        (call, args) -> new DomainEvents.ConnectDomainEventCallbackRegisterAnyRet(args.eventId() + 1)),
                Procedure.action(
                        DomainEvents.CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY,
                        Execution.INLINE,
                        (call, args) -> {}),
                Procedure.of(
                        Connections.CONNECT_GET_TYPE,
                        Execution.INLINE,
                        (call, none) -> new Connections.ConnectGetTypeRet("LXC")),
                Procedure.async(
                        Connections.CONNECT_GET_LIB_VERSION,
                        (call, none) ->
                                CompletableFuture.completedFuture(new Connections.ConnectGetLibVersionRet(9_000_000))),
                Procedure.of(Connections.CONNECT_GET_HOSTNAME, Execution.WORKER, (call, none) -> {
                    throw new IllegalStateException("nobody expects this");
                }));
    }

    private List<Procedure<?, ?>> domains() {
        return List.of(
                Procedure.of(
                        DomainLists.CONNECT_LIST_ALL_DOMAINS,
                        Execution.INLINE,
                        (call, args) -> new DomainLists.ConnectListAllDomainsRet(List.of(TOY), 1)),
                Procedure.of(DomainLists.DOMAIN_LOOKUP_BY_NAME, Execution.INLINE, (call, args) -> find(args.name())),
                Procedure.of(
                        DomainState.DOMAIN_GET_STATE,
                        Execution.INLINE,
                        (call, args) -> new DomainState.DomainGetStateRet(1, 1)),
                Procedure.of(
                        DomainState.DOMAIN_GET_INFO,
                        Execution.INLINE,
                        (call, args) -> new DomainState.DomainGetInfoRet(1, 1024, 512, 2, 7_000_000_000L)),
                Procedure.of(
                        DomainDefinitions.DOMAIN_GET_XML_DESC,
                        Execution.WORKER,
                        (call, args) -> new DomainDefinitions.DomainGetXmlDescRet("<domain/>")),
                Procedure.action(DomainLifecycle.DOMAIN_DESTROY, Execution.URGENT, (call, args) -> call.connection()
                        .send(
                                DomainEvents.DOMAIN_EVENT_CALLBACK_LIFECYCLE,
                                new DomainEvents.DomainEventCallbackLifecycleMsg(1, TOY, 5, 1))),
                Procedure.of(DomainLifecycle.DOMAIN_CREATE_XML_WITH_FILES, Execution.WORKER, (call, args) -> {
                    for (Fd fd : call.receivedFds()) {
                        passed.add(Files.readString(Path.of("/proc/self/fd/" + fd.number())));
                    }
                    return TOY;
                }),
                Procedure.action(DomainGuest.DOMAIN_OPEN_CONSOLE, Execution.WORKER, (call, args) -> {
                    call.openStream(new EchoingConsole(), false);
                }));
    }

    private List<Procedure<?, ?>> storage() {
        return List.of(
                Procedure.of(StoragePools.STORAGE_POOL_LOOKUP_BY_NAME, Execution.INLINE, (call, args) -> POOL),
                Procedure.of(
                        StoragePools.STORAGE_POOL_IS_ACTIVE,
                        Execution.INLINE,
                        (call, args) -> new StoragePools.StoragePoolIsActiveRet(1)),
                Procedure.of(StorageVolumes.STORAGE_VOL_LOOKUP_BY_NAME, Execution.INLINE, (call, args) -> VOLUME),
                Procedure.of(StorageVolumes.STORAGE_VOL_LOOKUP_BY_PATH, Execution.INLINE, (call, args) -> VOLUME),
                Procedure.action(
                        StorageVolumes.STORAGE_VOL_DOWNLOAD,
                        Execution.WORKER,
                        (call, args) -> call.runStream((args.flags() & 1) != 0, stream -> {
                            stream.send(ByteBuffer.wrap(volume));
                            if ((args.flags() & 1) != 0) {
                                stream.sendHole(4096);
                            }
                        })),
                Procedure.action(
                        StorageVolumes.STORAGE_VOL_UPLOAD,
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
