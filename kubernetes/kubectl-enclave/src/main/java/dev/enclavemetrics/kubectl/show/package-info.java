/**
 * Writes usages: as a table or JSON, once or repeatedly, to a stream or a terminal. Entry point:
 * {@link Display}, with {@link DisplayOptions} and {@link Console}.
 */
@NullMarked
package dev.enclavemetrics.kubectl.show;

import org.jspecify.annotations.NullMarked;
