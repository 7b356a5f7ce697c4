package dev.enclavemetrics.transport;

/** The platform, where Linux and macOS differ. */
final class Platform {

    static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");

    private Platform() {}
}
