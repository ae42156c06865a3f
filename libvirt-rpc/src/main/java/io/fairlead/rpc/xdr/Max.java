package io.fairlead.rpc.xdr;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The most elements of an array or list, or the most bytes of a string or of opaque data. Arrays must carry this
 * annotation; a string without it may have {@link XdrCodec#STRING_MAX} bytes.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Max {
    int value();
}
