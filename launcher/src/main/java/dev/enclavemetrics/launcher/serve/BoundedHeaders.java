package dev.enclavemetrics.launcher.serve;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/**
 * Headers of a request, bounded in number. A limit of their bytes alone does not bound memory: each
 * line takes about 100 bytes, however short it is.
 */
final class BoundedHeaders extends DefaultHttpHeaders {

    /** For Netty's decoder; headers and trailers alike. */
    static final HttpHeadersFactory FACTORY =
            new HttpHeadersFactory() {
                @Override
                public HttpHeaders newHeaders() {
                    return new BoundedHeaders();
                }

                @Override
                public HttpHeaders newEmptyHeaders() {
                    return new BoundedHeaders();
                }
            };

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        if (size() == RequestRules.MAX_HEADERS) {
            throw new TooLongHttpHeaderException("too many headers");
        }
        return super.add(name, value);
    }
}
