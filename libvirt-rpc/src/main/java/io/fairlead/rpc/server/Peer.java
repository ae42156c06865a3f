package io.fairlead.rpc.server;

/**
 * The client at the other end. {@code pid}, {@code uid} and {@code gid} come from the kernel for unix peers, and are -1
 * for others; {@code address} is the socket path or {@code host:port}; {@code distinguishedName} is that of the
 * client's certificate, in the order of the certificate, or null.
 */
public record Peer(Transport transport, int pid, int uid, int gid, String address, String distinguishedName) {
    public enum Transport {
        UNIX,
        TLS
    }
}
