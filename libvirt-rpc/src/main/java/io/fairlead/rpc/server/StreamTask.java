package io.fairlead.rpc.server;

/**
 * Work on a stream in plain blocking style. When it throws, the stream fails with that; else it must have completed.
 */
@FunctionalInterface
public interface StreamTask {
    void run(BlockingStream stream) throws Exception;
}
