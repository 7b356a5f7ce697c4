package dev.enclavemetrics.agent.application;

import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The application's HTTP server. Each reading is one GET on a new connection. Only responses with
 * status 200 and without a content coding are accepted; redirects are not followed.
 */
final class HttpSource implements Source {

    static final String ACCEPT =
            "text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0;q=0.5";

    private final Transport transport;
    private final Endpoint.Application endpoint;
    private final String address;
    private final byte[] request;
    private final HttpResponse response = new HttpResponse();

    HttpSource(Endpoint.Application endpoint, SourceAddress address, Transport transport) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.address = address.toString();
        String host = endpoint.path().isEmpty() ? endpoint.toString() : "localhost";
        request =
                ("GET "
                                + address.path()
                                + " HTTP/1.1\r\nHost: "
                                + host
                                + "\r\nUser-Agent: enclave-agent\r\nAccept: "
                                + ACCEPT
                                + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Body open(Deadline deadline) throws IOException {
        response.start(transport.dial(endpoint, deadline.ms()), deadline);
        try {
            response.exchange(request);
            return response;
        } catch (IOException e) {
            response.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return address;
    }
}
