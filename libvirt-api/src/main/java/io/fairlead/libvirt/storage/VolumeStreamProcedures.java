package io.fairlead.libvirt.storage;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.StorageVolumeCalls;
import io.fairlead.rpc.server.BlockingStream;
import io.fairlead.rpc.server.Call;
import io.fairlead.rpc.server.RpcStream;
import io.fairlead.rpc.server.StreamTask;
import io.fairlead.storage.driver.VolumeContent;
import io.fairlead.storage.pool.Storage;
import io.fairlead.storage.pool.VolumeTransfers.Transfer;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Upload and download of volumes. */
final class VolumeStreamProcedures {
    private static final int SPARSE = 1;
    private static final String FORGOTTEN = "the volume was wanted, and nothing had come for some seconds";
    private static final int READ_BYTES = 4 * RpcStream.CHUNK_MAX;

    private final Storage storage;
    private final StorageRefs refs;

    VolumeStreamProcedures(Storage storage) {
        this.storage = storage;
        this.refs = new StorageRefs(storage);
    }

    void addTo(Table table) {
        table.action(StorageVolumeCalls.STORAGE_VOL_UPLOAD, (call, args) -> {
            Flags.check("virStorageVolUpload", args.flags(), SPARSE);
            Transfer transfer = storage.transfers().upload(refs.volume(args.vol()), args.offset(), args.length());
            run(call, Flags.has(args.flags(), SPARSE), transfer, stream -> receive(stream, transfer));
        });
        table.action(StorageVolumeCalls.STORAGE_VOL_DOWNLOAD, (call, args) -> {
            Flags.check("virStorageVolDownload", args.flags(), SPARSE);
            boolean sparse = Flags.has(args.flags(), SPARSE);
            Transfer transfer = storage.transfers().download(refs.volume(args.vol()), args.offset(), args.length());
            run(call, sparse, transfer, stream -> send(stream, transfer, sparse));
        });
    }

    /**
     * The volume is released when the stream has ended, or when its connection ends before the stream began. A client
     * can also forget its stream without a message: then the first other user of the volume gets it.
     */
    private static void run(Call call, boolean sparse, Transfer transfer, StreamTask task) {
        OpenTransfers open = OpenTransfers.of(call.connection());
        open.add(transfer);
        try {
            call.runStream(sparse, stream -> {
                try {
                    transfer.givesWay(stream::silentNanos, () -> stream.giveUp(FORGOTTEN));
                    task.run(stream);
                } finally {
                    open.close(transfer);
                }
            });
        } catch (RuntimeException e) {
            open.close(transfer);
            throw e;
        }
    }

    private static void receive(BlockingStream stream, Transfer transfer) throws IOException, InterruptedException {
        Upload upload = new Upload(transfer);
        boolean more = true;
        while (more) {
            more = stream.receive(upload);
        }
        transfer.content().sync();
    }

    /** Writes the received bytes, up to the declared end. */
    private static final class Upload implements BlockingStream.Sink {
        private final VolumeContent content;
        private final long start;
        private final long end;
        private long at;

        Upload(Transfer transfer) {
            this.content = transfer.content();
            this.end = transfer.to();
            this.start = transfer.from();
            this.at = start;
        }

        @Override
        public void data(ByteBuffer data) throws IOException {
            int length = data.remaining();
            requireRoom(length);
            content.write(at, data);
            at += length;
        }

        @Override
        public void hole(long length) throws IOException {
            requireRoom(length);
            content.zero(at, length);
            at += length;
        }

        private void requireRoom(long length) {
            if (length < 0 || length > end - at) {
                throw new EngineException(
                        ErrorCode.SYSTEM_ERROR,
                        ErrorDomain.STREAMS,
                        // The first part of the message is libvirt's.
                        ("cannot write to stream: No space left on device: the upload is longer than the %d bytes"
                                        + " from offset %d to the end of the volume, or of the length asked for")
                                .formatted(end - start, start),
                        null);
            }
        }
    }

    private static void send(BlockingStream stream, Transfer transfer, boolean sparse)
            throws IOException, InterruptedException {
        VolumeContent content = transfer.content();
        ByteBuffer piece = ByteBuffer.allocate(READ_BYTES);
        long at = transfer.from();
        long end = sparse ? at : transfer.to(); // the end of the known data
        while (at < transfer.to()) {
            if (at == end) {
                long data = Math.min(content.nextData(at), transfer.to());
                if (data > at) {
                    stream.sendHole(data - at);
                }
                at = data;
                end = Math.min(content.nextHole(at), transfer.to());
                continue;
            }
            piece.clear().limit((int) Math.min(READ_BYTES, end - at));
            int count = content.read(at, piece);
            if (count == 0) {
                return; // the file has been cut meanwhile
            }
            stream.send(piece.flip());
            at += count;
        }
    }
}
