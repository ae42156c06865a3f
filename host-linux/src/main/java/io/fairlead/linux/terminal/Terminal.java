package io.fairlead.linux.terminal;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Libc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A terminal that this process has open. {@link #raw} passes on every key as it is, also those that otherwise make a
 * signal or edit the line; {@link #close} restores the modes from before.
 */
public final class Terminal implements AutoCloseable {
    private static final long TCGETS = 0x5401;
    private static final long TCSETSW = 0x5403;
    private static final long TIOCGWINSZ = 0x5413;

    // struct termios of the kernel (asm-generic/termbits.h): four words of flags, the line discipline, 19 characters.
    private static final int BYTES = 36;
    private static final int INPUT_FLAGS = 0;
    private static final int OUTPUT_FLAGS = 4;
    private static final int CONTROL_FLAGS = 8;
    private static final int LOCAL_FLAGS = 12;
    private static final int CHARACTERS = 17;
    private static final int VTIME = CHARACTERS + 5;
    private static final int VMIN = CHARACTERS + 6;

    private static final int IGNBRK = 0000001;
    private static final int BRKINT = 0000002;
    private static final int PARMRK = 0000010;
    private static final int ISTRIP = 0000040;
    private static final int INLCR = 0000100;
    private static final int IGNCR = 0000200;
    private static final int ICRNL = 0000400;
    private static final int IXON = 0002000;
    private static final int OPOST = 0000001;
    private static final int CSIZE = 0000060;
    private static final int CS8 = 0000060;
    private static final int PARENB = 0000400;
    private static final int ISIG = 0000001;
    private static final int ICANON = 0000002;
    private static final int ECHO = 0000010;
    private static final int ECHONL = 0000100;
    private static final int IEXTEN = 0100000;

    /** Rows and columns; 0 if the terminal does not know. */
    public record Size(int rows, int columns) {}

    private final int fd;
    private final byte[] before = new byte[BYTES];
    private boolean changed;

    /**
     * @param fd stays open when this is closed
     * @throws ErrnoException ENOTTY if it is no terminal
     */
    public Terminal(int fd) throws ErrnoException {
        this.fd = fd;
        Errno.check(Libc.ioctl(fd, TCGETS, before), "TCGETS", "descriptor " + fd);
    }

    /** As cfmakeraw(3) does it, and a read returns as soon as there is one byte. */
    public synchronized void raw() throws ErrnoException {
        ByteBuffer modes = ByteBuffer.wrap(before.clone()).order(ByteOrder.nativeOrder());
        clear(modes, INPUT_FLAGS, IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
        clear(modes, OUTPUT_FLAGS, OPOST);
        clear(modes, LOCAL_FLAGS, ECHO | ECHONL | ICANON | ISIG | IEXTEN);
        clear(modes, CONTROL_FLAGS, CSIZE | PARENB);
        modes.putInt(CONTROL_FLAGS, modes.getInt(CONTROL_FLAGS) | CS8);
        modes.put(VMIN, (byte) 1).put(VTIME, (byte) 0);
        Errno.check(Libc.ioctl(fd, TCSETSW, modes.array()), "TCSETSW", "descriptor " + fd);
        changed = true;
    }

    private static void clear(ByteBuffer modes, int place, int flags) {
        modes.putInt(place, modes.getInt(place) & ~flags);
    }

    public Size size() throws ErrnoException {
        byte[] size = new byte[8];
        Errno.check(Libc.ioctl(fd, TIOCGWINSZ, size), "TIOCGWINSZ", "descriptor " + fd);
        ByteBuffer fields = ByteBuffer.wrap(size).order(ByteOrder.nativeOrder());
        return new Size(Short.toUnsignedInt(fields.getShort(0)), Short.toUnsignedInt(fields.getShort(2)));
    }

    /** Gives the terminal its modes back. Harmless if called twice. */
    @Override
    public synchronized void close() throws ErrnoException {
        if (changed) {
            changed = false;
            Errno.check(Libc.ioctl(fd, TCSETSW, before), "TCSETSW", "descriptor " + fd);
        }
    }
}
