package dev.enclavemetrics.frame;

/** CRC-32C computed bit by bit, from its definition; the JDK's result must be the same. */
final class Crc32cOracle {

    private static final int POLYNOMIAL_REFLECTED = 0x82F63B78;

    private Crc32cOracle() {}

    static int of(byte[] bytes, int length) {
        int crc = -1;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : POLYNOMIAL_REFLECTED);
            }
        }
        return ~crc;
    }
}
