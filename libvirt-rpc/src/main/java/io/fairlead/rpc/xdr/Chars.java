package io.fairlead.rpc.xdr;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Text sent as an array of {@code char}, which XDR widens to four bytes each. libvirt counts the closing NUL; it is
 * added when encoding and removed when decoding. Give either {@code fixed}, for {@code char x[n]}, or {@code max}, for
 * {@code char x<n>}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Chars {
    int fixed() default 0;

    int max() default 0;
}
