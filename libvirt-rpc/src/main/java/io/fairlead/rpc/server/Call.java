package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.PassedFd;
import java.util.List;

/** One call that is being worked on. */
public interface Call {
    Connection connection();

    MessageHeader header();

    /**
     * The descriptors that came with the call. They are closed after the reply, except those that the handler
     * {@linkplain PassedFd#detach() detaches}.
     */
    List<PassedFd> receivedFds();

    /**
     * Sends descriptors with the reply, if it is not an error. The server closes them in any case.
     *
     * @throws io.fairlead.rpc.wire.RpcException when the client is not on a unix socket
     */
    void replyWithFds(List<PassedFd> fds);

    /**
     * Opens the stream of this call. Data flows after the reply; an error reply closes the stream again.
     *
     * @param sparse whether the client agreed to holes, with the flag of the opening call
     */
    RpcStream openStream(StreamListener listener, boolean sparse);

    /** Opens the stream of this call and runs a task with it, after the reply, on a thread that may block. */
    void runStream(boolean sparse, StreamTask task);
}
