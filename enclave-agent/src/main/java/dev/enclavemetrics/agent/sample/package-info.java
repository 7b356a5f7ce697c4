/**
 * Stage 1: the text of {@code /proc} becomes a {@link dev.enclavemetrics.agent.sample.Sample}.
 *
 * <pre>
 *  ProcSampler:  /proc/stat     → ProcStat     ┐
 *                /proc/meminfo  → ProcMeminfo  ├→ Sample
 *                /proc/mounts   → ProcMounts   │
 *                …              → ProcHealth   ┘
 * </pre>
 *
 * <p>A {@code ProcFile} keeps its file open and its buffer, and parsers read the bytes in place.
 * {@code OshiSampler} is for systems without {@code /proc}.
 */
@NullMarked
package dev.enclavemetrics.agent.sample;

import org.jspecify.annotations.NullMarked;
