/**
 * The command {@code translate}: the same translation of HPAs in files of YAML or JSON, of which
 * everything else keeps its layout.
 *
 * <pre>
 *  TranslateCommand ─ YamlTranslation ─ YamlHpa ─ (hpa) MetricsPlan ─ YamlEditor ─ TextEdit
 * </pre>
 *
 * <p>Entrance: {@link TranslateCommand}.
 */
@NullMarked
package dev.enclavemetrics.webhook.translate;

import org.jspecify.annotations.NullMarked;
