/**
 * Writes usages: as a table or JSON, once or again and again, to a stream or a terminal. Entrance:
 * {@link Display}, with {@link DisplayOptions} and {@link Console}.
 */
@NullMarked
package dev.enclavemetrics.kubectl.show;

import org.jspecify.annotations.NullMarked;
