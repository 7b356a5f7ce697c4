/**
 * The status page and its server-sent events.
 *
 * <pre>
 *   LatestSnapshot → StatusFeed → StatusEvents → EventListeners → browsers with StatusPage
 *                    what is      bytes, once    all open pages
 *                    new          an event
 * </pre>
 */
@NullMarked
package dev.enclavemetrics.launcher.page;

import org.jspecify.annotations.NullMarked;
