package io.fairlead.rpc.protocol;

import io.fairlead.rpc.xdr.EncodedBy;

/** A named value of one of seven kinds (virTypedParameter). The tag is the kind's number on the wire. */
@EncodedBy(TypedParamType.class)
public sealed interface TypedParam {
    /** At most 79 bytes: clients copy it into VIR_TYPED_PARAM_FIELD_LENGTH, which counts the NUL. */
    String field();

    int tag();

    /** The value as a Java object, for callers that print or compare. */
    Object boxed();

    record Int(String field, int value) implements TypedParam {
        @Override
        public int tag() {
            return 1;
        }

        @Override
        public Object boxed() {
            return value;
        }
    }

    /** An unsigned int, in its bits. */
    record UInt(String field, int value) implements TypedParam {
        @Override
        public int tag() {
            return 2;
        }

        @Override
        public Object boxed() {
            return Integer.toUnsignedLong(value);
        }
    }

    record LLong(String field, long value) implements TypedParam {
        @Override
        public int tag() {
            return 3;
        }

        @Override
        public Object boxed() {
            return value;
        }
    }

    /** An unsigned long long, in its bits. */
    record ULLong(String field, long value) implements TypedParam {
        @Override
        public int tag() {
            return 4;
        }

        @Override
        public Object boxed() {
            return value;
        }
    }

    record Dbl(String field, double value) implements TypedParam {
        @Override
        public int tag() {
            return 5;
        }

        @Override
        public Object boxed() {
            return value;
        }
    }

    record Bool(String field, boolean value) implements TypedParam {
        @Override
        public int tag() {
            return 6;
        }

        @Override
        public Object boxed() {
            return value;
        }
    }

    record Str(String field, String value) implements TypedParam {
        @Override
        public int tag() {
            return 7;
        }

        @Override
        public Object boxed() {
            return value;
        }
    }
}
