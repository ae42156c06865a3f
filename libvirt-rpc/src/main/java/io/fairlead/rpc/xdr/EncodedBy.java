package io.fairlead.rpc.xdr;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the codec of a type that is not a plain struct, such as a union. The codec needs a no-argument constructor. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EncodedBy {
    Class<? extends XdrType<?>> value();
}
