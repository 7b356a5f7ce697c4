/**
 * The command {@code translate}: the same translation for HPAs in YAML or JSON files; everything
 * else in the files keeps its layout.
 *
 * <pre>
 *  TranslateCommand ─ YamlTranslation ─ YamlHpa ─ (hpa) MetricsPlan ─ YamlEditor ─ TextEdit
 * </pre>
 *
 * <p>Entry point: {@link TranslateCommand}.
 */
@NullMarked
package dev.enclavemetrics.webhook.translate;

import org.jspecify.annotations.NullMarked;
