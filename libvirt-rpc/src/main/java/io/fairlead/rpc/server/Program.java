package io.fairlead.rpc.server;

import io.fairlead.rpc.protocol.ProcedureId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program's number and version, and its served procedures. Other named procedures are refused by the name of their
 * function, as libvirtd does for a function its driver lacks. All further numbers are unknown.
 */
public final class Program {
    private final int number;
    private final int version;
    private final Map<Integer, Procedure<?, ?>> procedures = new HashMap<>();
    private final Map<Integer, ProcedureId> named = new HashMap<>();

    public Program(int number, int version, Iterable<? extends Procedure<?, ?>> procedures) {
        this(number, version, procedures, List.of());
    }

    /** @param named the procedures that clients may call, served or not */
    public Program(
            int number,
            int version,
            Iterable<? extends Procedure<?, ?>> procedures,
            Iterable<? extends ProcedureId> named) {
        this.number = number;
        this.version = version;
        procedures.forEach(this::add);
        named.forEach(id -> this.named.put(id.number(), id));
    }

    private void add(Procedure<?, ?> procedure) {
        if (procedure.signature().id().program() != number) {
            throw new IllegalArgumentException("%s is of program 0x%x (expected: 0x%x)"
                    .formatted(
                            procedure.signature().id().name(),
                            procedure.signature().id().program(),
                            number));
        }
        if (procedures.putIfAbsent(procedure.signature().id().number(), procedure) != null) {
            throw new IllegalArgumentException(
                    "%s is given twice".formatted(procedure.signature().id().name()));
        }
    }

    public int number() {
        return number;
    }

    public int version() {
        return version;
    }

    /** Returns null for a procedure that is not served. */
    public Procedure<?, ?> procedure(int procedureNumber) {
        return procedures.get(procedureNumber);
    }

    /** Returns null for a procedure that has no name here. */
    ProcedureId named(int procedureNumber) {
        return named.get(procedureNumber);
    }

    public Iterable<Procedure<?, ?>> procedures() {
        return procedures.values();
    }
}
