package dev.enclavemetrics.agent;

import java.io.IOException;

/** An application as somebody would run it in an enclave: it ends with 7 when its input ends. */
final class SmallApplication {

    private SmallApplication() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("application runs");
        System.in.readAllBytes();
        System.exit(7);
    }
}
