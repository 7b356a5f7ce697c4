/**
 * HTTPS on one event loop, with limits on what clients may hold. {@link
 * dev.enclavemetrics.serving.http.HttpsServer} is the entry point; an {@link
 * dev.enclavemetrics.serving.http.Answer} is what its handlers return.
 */
@NullMarked
package dev.enclavemetrics.serving.http;

import org.jspecify.annotations.NullMarked;
