/**
 * The frame: one usage as bytes on the wire, one per sample, from the agent in the enclave to the
 * launcher beside it (stages 3 and 5 of the data flow).
 *
 * <p>Big-endian, fixed layout. Fields may be appended: a decoder ignores unknown bytes between the
 * last known field and the checksum. Any other change needs another {@code version}, which a
 * decoder refuses.
 *
 * <pre>
 *  offset  0        2        4        6        8
 *       0  | magic "NEMF"    | version| length |
 *       8  | sequence, u64                     |
 *      16  | uptime, u64, ns                   |
 *      24  | interval, u32 ms| window, u32 ms  |
 *      32  | CPU usage, f64, 0..1              |
 *      40  | memory usage, f64, 0..1           |
 *      48  | busiest core's usage, f64, 0..1   |
 *      56  | cores, u32      | flags, u32      |
 *      64  | memory total, u64, bytes          |
 *      72  | memory available, u64, bytes      |
 *      80  | in-memory filesystems, u64, bytes |
 *      88  | CPU time: user, nice, system, idle,
 *          |   iowait, irq, softirq, steal: 8 × u64, ms
 *     152  | health: {@link HealthField}, 9 × u64, all ones = unknown
 *     224  | ending: kind, code, 2 × u8; length of the application metrics, u16
 *     228  | application metrics, one after the other, zeros after the last:
 *          |   length of the name, u8; name, ASCII; value, f64
 *      ..  | CRC-32C, u32    |
 * </pre>
 *
 * <p>Older agents send frames of 156 bytes: the checksum follows the CPU times.
 */
@NullMarked
package dev.enclavemetrics.frame;

import org.jspecify.annotations.NullMarked;
