package dev.enclavemetrics.launcher.serve;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Where and how the launcher serves HTTP.
 *
 * @param listen the address and TCP port
 * @param maxConnections HTTP connections at once
 * @param idleTimeout how long a connection may be without a complete request
 */
public record HttpSettings(InetSocketAddress listen, int maxConnections, Duration idleTimeout) {}
