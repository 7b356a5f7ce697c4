package dev.enclavemetrics.agent;

import java.io.IOException;

/** A small application to run in an enclave: it exits with code 7 at the end of its input. */
final class SmallApplication {

    private SmallApplication() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("application runs");
        System.in.readAllBytes();
        System.exit(7);
    }
}
