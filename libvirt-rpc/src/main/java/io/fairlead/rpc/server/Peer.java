package io.fairlead.rpc.server;

/**
 * Who is at the other end. {@code pid}, {@code uid} and {@code gid} are the kernel's word for unix peers, and -1 for others;
 * {@code address} is the socket path or {@code host:port}; {@code distinguishedName} is that of the client's certificate, in
 * the order of the certificate, or null.
 */
public record Peer(Transport transport, int pid, int uid, int gid, String address, String distinguishedName) {
    public enum Transport {
        UNIX,
        TLS
    }
}
