package dev.enclavemetrics.transport;

/** The platform's name, where the two that the product runs on differ. */
final class Platform {

    static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");

    private Platform() {}
}
