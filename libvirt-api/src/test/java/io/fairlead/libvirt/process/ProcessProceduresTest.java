package io.fairlead.libvirt.process;

import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC_ATTACH;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC_LIST;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC_RESIZE;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC_SIGNAL;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_LOG;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_PROCESS_LIST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.Channel;
import io.fairlead.core.backend.FakeProcesses.FakeExec;
import io.fairlead.core.backend.TerminalSize;
import io.fairlead.libvirt.fixture.EngineFixture;
import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.FairleadProcedure;
import io.fairlead.rpc.protocol.FairleadProcedure.ContainerArgs;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecArgs;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecInfo;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecRef;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecResizeArgs;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecRet;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecSignalArgs;
import io.fairlead.rpc.protocol.FairleadProcedure.LogArgs;
import io.fairlead.rpc.protocol.StreamPiece;
import io.fairlead.rpc.protocol.StreamPiece.Kind;
import io.fairlead.rpc.protocol.StreamPieceReader;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.RpcError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessProceduresTest {
    private static final byte[] NOTHING = new byte[0];
    private static final int INVALID_ARG = 8;
    private static final int NO_DOMAIN = 42;
    private static final int OPERATION_INVALID = 55;

    private final EngineFixture fixture = new EngineFixture();
    private TestClient client;
    private DomainRef web;

    @BeforeEach
    void start() {
        client = fixture.client();
        web = fixture.running("web");
    }

    @AfterEach
    void stop() {
        client.close();
        fixture.close();
    }

    @Test
    void exec_whenTheCommandEnds_streamsItsOutputsAndItsStatus() {
        client.call(CALL_EXEC, args("write", "100000"));
        Streamed streamed = all(FairleadProcedure.EXEC);
        assertEquals("o".repeat(100_000), streamed.text(Kind.STDOUT));
        assertEquals("e".repeat(100_000), streamed.text(Kind.STDERR));
        assertEquals(0, streamed.status());
    }

    @Test
    void exec_byTheUuid_findsTheContainer() {
        ExecArgs byName = args("exit", "7");
        client.call(
                CALL_EXEC,
                new ExecArgs(
                        web.uuid().toString(),
                        byName.command(),
                        false,
                        0,
                        0,
                        false,
                        null,
                        List.of(),
                        null,
                        null,
                        new long[0]));
        assertEquals(7, all(FairleadProcedure.EXEC).status());
    }

    @Test
    void exec_whenTheCommandDoesNotExist_streamsTheReasonAndStatus127() {
        ExecRet reply = client.call(CALL_EXEC, args("no-such-program"));
        assertEquals(0, reply.pid());
        Streamed streamed = all(FairleadProcedure.EXEC);
        assertEquals(127, streamed.status());
        assertTrue(streamed.text(Kind.STDERR).contains("no-such-program"));
    }

    @Test
    void exec_withArgumentsThatCannotBe_isRefused() {
        assertEquals(INVALID_ARG, client.error(CALL_EXEC, args()).code());
        assertEquals(
                INVALID_ARG,
                client.error(CALL_EXEC, exec(false, 0, 0, false, "no one", "stay"))
                        .code());
        assertEquals(INVALID_ARG, client.error(CALL_EXEC, sized(-1, 5)).code());
        assertEquals(INVALID_ARG, client.error(CALL_EXEC, sized(70_000, 5)).code());
        RpcError nobody = client.error(CALL_EXEC_LIST, new ContainerArgs("nobody"));
        assertEquals(NO_DOMAIN, nobody.code());
    }

    @Test
    void exec_whenTheContainerIsOff_isRefused() {
        fixture.defined("off");
        RpcError error = client.error(
                CALL_EXEC,
                new ExecArgs("off", List.of("stay"), false, 0, 0, false, null, List.of(), null, null, new long[0]));
        assertEquals(OPERATION_INVALID, error.code());
    }

    @Test
    void input_whenTheClientEndsIt_isReadToItsEnd() {
        client.call(CALL_EXEC, withInput("copy"));
        sendInput("one ");
        sendInput("two");
        sendInput("");
        Streamed streamed = all(FairleadProcedure.EXEC);
        assertEquals("one two", streamed.text(Kind.STDOUT));
        assertEquals(0, streamed.status());
    }

    @Test
    void input_whenTheProcessTakesNone_failsTheStream() {
        client.call(CALL_EXEC, args("stay"));
        sendInput("unwanted");
        assertEquals(MessageStatus.ERROR, client.nextStream().header().status());
        assertTrue(client.isAlive());
    }

    @Test
    void input_whenItIsNoPiece_failsTheStreamAndNotTheConnection() {
        ExecRet exec = client.call(CALL_EXEC, withInput("stay"));
        client.sendStream(FairleadProcedure.EXEC, MessageStatus.CONTINUE, "no piece at all".getBytes(UTF_8));
        assertEquals(MessageStatus.ERROR, client.nextStream().header().status());
        assertTrue(client.call(CALL_EXEC_LIST, new ContainerArgs("web"))
                .execs()
                .get(0)
                .running());
        client.call(CALL_EXEC_SIGNAL, new ExecSignalArgs(new ExecRef("web", exec.id()), 9));
    }

    @Test
    void exec_whenTheClientGoes_goesOnWithoutInput() throws Exception {
        ExecRet exec = client.call(CALL_EXEC, withInput("stay"));
        client.close();
        FakeExec process = process(exec);
        EngineFixture.await("its input has ended", () -> process.io().heardEnd());
        assertFalse(process.exit().toCompletableFuture().isDone());
        client = fixture.client();
        process.io().say(Channel.STDOUT, "still here");
        process.end(3);
        client.call(CALL_EXEC_ATTACH, new ExecRef("web", exec.id()));
        Streamed streamed = all(FairleadProcedure.EXEC_ATTACH);
        assertEquals("still here", streamed.text(Kind.STDOUT));
        assertEquals(3, streamed.status());
    }

    @Test
    void attach_whileItRuns_givesTheOutputSoFarAndLater() {
        ExecRet exec = client.call(CALL_EXEC, args("stay"));
        FakeExec process = process(exec);
        process.io().say(Channel.STDOUT, "before ");
        try (TestClient other = fixture.client()) {
            other.call(CALL_EXEC_ATTACH, new ExecRef("web", exec.id()));
            process.io().say(Channel.STDERR, "after");
            process.end(0);
            Streamed streamed = all(other, FairleadProcedure.EXEC_ATTACH);
            assertEquals("before ", streamed.text(Kind.STDOUT));
            assertEquals("after", streamed.text(Kind.STDERR));
            assertEquals(0, streamed.status());
        }
        assertEquals(0, all(FairleadProcedure.EXEC).status());
    }

    @Test
    void output_whenTheClientDoesNotRead_arrivesWholeLater() throws Exception {
        ExecRet exec = client.call(CALL_EXEC, args("stay"));
        client.pauseReading();
        FakeExec process = process(exec);
        for (int i = 0; i < 100; i++) {
            process.io().say(Channel.STDOUT, "x".repeat(60_000));
        }
        process.end(0);
        client.resumeReading();
        Streamed streamed = all(FairleadProcedure.EXEC);
        assertEquals(6_000_000, streamed.text(Kind.STDOUT).length());
        assertEquals(0, streamed.status());
    }

    @Test
    void signalAndResize_reachTheProcess() {
        ExecRet exec = client.call(CALL_EXEC, sized(24, 80));
        assertTrue(exec.terminal());
        TestClient other = fixture.client(); // the first one's next stream packets belong to its last call
        ExecRef ref = new ExecRef("web", exec.id());
        assertEquals(new TerminalSize(24, 80), process(exec).io().size());
        other.call(CALL_EXEC_RESIZE, new ExecResizeArgs(ref, 50, 132));
        assertEquals(new TerminalSize(50, 132), process(exec).io().size());
        assertEquals(
                INVALID_ARG,
                other.error(CALL_EXEC_SIGNAL, new ExecSignalArgs(ref, 99)).code());
        other.call(CALL_EXEC_SIGNAL, new ExecSignalArgs(ref, 15));
        assertEquals(128 + 15, all(FairleadProcedure.EXEC).status());
        assertEquals(
                OPERATION_INVALID,
                other.error(CALL_EXEC_SIGNAL, new ExecSignalArgs(ref, 15)).code());
        other.close();
    }

    @Test
    void find_whenThereIsNoSuchProcess_isRefused() {
        for (String id : List.of("", "x", "../web", "00000000-0000-0000-0000-000000000000")) {
            assertEquals(
                    INVALID_ARG,
                    client.error(CALL_EXEC_ATTACH, new ExecRef("web", id)).code());
        }
    }

    @Test
    void lists_nameTheProcesses() {
        ExecRet exec = client.call(CALL_EXEC, args("stay"));
        client.call(CALL_EXEC, args("exit", "4"));
        List<ExecInfo> execs =
                client.call(CALL_EXEC_LIST, new ContainerArgs("web")).execs();
        assertEquals(List.of("stay"), execs.get(0).command());
        assertTrue(execs.get(0).running() && execs.get(0).pid() == exec.pid());
        assertEquals(4, execs.get(1).status());
        assertFalse(execs.get(1).running());
        var processes = client.call(CALL_PROCESS_LIST, new ContainerArgs("web")).processes();
        assertEquals(1, processes.get(0).inside());
        assertTrue(processes.stream().anyMatch(process -> process.outside() == exec.pid()));
    }

    @Test
    void log_withATail_givesTheLastLines() {
        fixture.backend().guest(web.uuid()).io().say(Channel.STDOUT, "one\ntwo\nthree\n");
        client.call(CALL_LOG, new LogArgs("web", 0, 2, false));
        Streamed streamed = all(FairleadProcedure.LOG);
        assertEquals("two\nthree\n", streamed.text(Kind.STDOUT));
        assertNull(streamed.status());
    }

    @Test
    void log_whenFollowed_endsWithTheContainer() {
        client.call(CALL_LOG, new LogArgs("web", 0, -1, true));
        fixture.backend().guest(web.uuid()).io().say(Channel.STDOUT, "words\n");
        fixture.guestExits(web, 0);
        assertEquals("words\n", all(FairleadProcedure.LOG).text(Kind.STDOUT));
    }

    @Test
    void log_ofAContainerThatNeverRan_isEmpty() {
        fixture.defined("fresh");
        client.call(CALL_LOG, new LogArgs("fresh", 0, -1, true));
        assertEquals("", all(FairleadProcedure.LOG).text(Kind.STDOUT));
    }

    @Test
    void log_withNumbersOutOfRange_isRefused() {
        assertEquals(
                INVALID_ARG,
                client.error(CALL_LOG, new LogArgs("web", -1, -1, false)).code());
        assertEquals(
                INVALID_ARG,
                client.error(CALL_LOG, new LogArgs("web", 0, -2, false)).code());
    }

    @Test
    void streams_whenTheyEnd_makeRoomForOthers() {
        for (int i = 0; i < 1100; i++) { // more than may be open at once
            client.call(CALL_EXEC, args("exit", "0"));
            assertEquals(0, all(FairleadProcedure.EXEC).status());
        }
    }

    private FakeExec process(ExecRet exec) {
        return fixture.backend().guest(web.uuid()).processes().get(exec.id());
    }

    private static ExecArgs args(String... command) {
        return exec(false, 0, 0, false, null, command);
    }

    private static ExecArgs withInput(String... command) {
        return exec(false, 0, 0, true, null, command);
    }

    private static ExecArgs sized(int rows, int columns) {
        return exec(true, rows, columns, false, null, "stay");
    }

    private static ExecArgs exec(
            boolean terminal, int rows, int columns, boolean stdin, String user, String... command) {
        return new ExecArgs(
                "web", List.of(command), terminal, rows, columns, stdin, user, List.of(), null, null, new long[0]);
    }

    private void sendInput(String text) {
        StreamPiece piece = new StreamPiece(Kind.STDIN, 0, ByteBuffer.wrap(text.getBytes(UTF_8)));
        client.sendStream(
                FairleadProcedure.EXEC, MessageStatus.CONTINUE, piece.packed().array());
    }

    /** @param status null if none was told */
    private record Streamed(Map<Kind, StringBuilder> texts, Integer status) {
        String text(Kind kind) {
            return texts.getOrDefault(kind, new StringBuilder()).toString();
        }
    }

    private Streamed all(FairleadProcedure procedure) {
        return all(client, procedure);
    }

    /** Reads the stream of the last call to its end, and finishes it. */
    private static Streamed all(TestClient from, FairleadProcedure procedure) {
        StreamPieceReader reader = new StreamPieceReader();
        List<StreamPiece> pieces = new ArrayList<>();
        TestClient.Packet packet = from.nextStream();
        while (packet.header().status() == MessageStatus.CONTINUE && packet.bytes().length > 0) {
            reader.read(ByteBuffer.wrap(packet.bytes()), pieces::add);
            packet = from.nextStream();
        }
        assertEquals(MessageStatus.CONTINUE, packet.header().status());
        assertFalse(reader.inMiddle());
        from.sendStream(procedure, MessageStatus.OK, NOTHING);
        assertEquals(MessageStatus.OK, from.nextStream().header().status());
        Map<Kind, StringBuilder> texts = new EnumMap<>(Kind.class);
        Integer status = null;
        for (StreamPiece piece : pieces) {
            assertNull(status, "a piece follows the exit");
            if (piece.kind() == Kind.EXIT) {
                status = piece.status();
            } else {
                texts.computeIfAbsent(piece.kind(), kind -> new StringBuilder()).append(UTF_8.decode(piece.data()));
            }
        }
        return new Streamed(texts, status);
    }
}
