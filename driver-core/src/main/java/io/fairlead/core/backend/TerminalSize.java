package io.fairlead.core.backend;

/** The size of a terminal, in characters; 0 if it is not known. A terminal begins with 0 by 0. */
public record TerminalSize(int rows, int columns) {
    public static final TerminalSize UNKNOWN = new TerminalSize(0, 0);

    /** The kernel keeps both numbers in 16 bits (struct winsize). */
    public static final int MAX = 65_535;

    public TerminalSize {
        if (rows < 0 || rows > MAX || columns < 0 || columns > MAX) {
            throw new IllegalArgumentException(
                    "terminal size: %d rows, %d columns (expected: 0..%d)".formatted(rows, columns, MAX));
        }
    }
}
