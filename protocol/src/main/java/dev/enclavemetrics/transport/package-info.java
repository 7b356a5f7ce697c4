/**
 * The transports that carry frames: AF_VSOCK, Unix sockets, and a VMM's Unix socket with a
 * connection request in front (stage 4 of the data flow).
 *
 * <p>All three are blocking sockets with timeouts, reached through the same few system calls:
 * through a small C library ({@code src/main/native}), or through jnr if there is none for the
 * platform.
 */
@NullMarked
package dev.enclavemetrics.transport;

import org.jspecify.annotations.NullMarked;
