package dev.enclavemetrics.benchmarks;

import java.time.Instant;
import java.util.UUID;

/**
 * The state of one pod at one time.
 *
 * @param slot determines namespace, address and kind; a replacement has the same slot
 * @param generation the number of the pod in this slot, from 0
 * @param started when it was created
 * @param resourceVersion the cluster's change counter at its last change
 */
record SimulatedPod(int slot, int generation, Phase phase, Instant started, long resourceVersion) {

    enum Phase {
        PENDING,
        RUNNING,
        TERMINATING
    }

    /** One pod in five has no value, so a query for {@code *} returns 1,000 items. */
    static final int PODS_A_NAMESPACE = 1250;

    /** The number of available addresses. */
    static final int MAX_PODS = 100_000;

    private static final int PODS_A_DEPLOYMENT = 125;
    private static final int PODS_A_NODE = 4;
    private static final int HOSTS_A_BLOCK = 250;
    private static final int FIRST_BLOCK = 10;
    private static final int VALUES = 1000;

    SimulatedPod {
        if (slot < 0 || slot >= MAX_PODS) {
            throw new IllegalArgumentException(
                    "a slot must be from 0 to " + (MAX_PODS - 1) + ", found " + slot);
        }
    }

    SimulatedPod to(Phase next, long version) {
        return new SimulatedPod(slot, generation, next, started, version);
    }

    LauncherKind kind() {
        return LauncherKind.of(slot);
    }

    String namespace() {
        return namespace(slot / PODS_A_NAMESPACE);
    }

    static String namespace(int number) {
        return "shop-" + number;
    }

    static int namespaces(int pods) {
        return (pods + PODS_A_NAMESPACE - 1) / PODS_A_NAMESPACE;
    }

    String app() {
        return "api-" + slot % PODS_A_NAMESPACE / PODS_A_DEPLOYMENT;
    }

    String name() {
        return app() + "-7d9c5b8f66-" + slot + "-" + generation;
    }

    /** The slot in a {@link #name}. */
    static int slotOf(String name) {
        int end = name.lastIndexOf('-');
        return Integer.parseInt(name.substring(name.lastIndexOf('-', end - 1) + 1, end));
    }

    UUID uid() {
        return new UUID(slot, generation);
    }

    String node() {
        return "ip-10-0-" + slot / PODS_A_NODE + ".eu-central-1.compute.internal";
    }

    /** Addresses from 127.10.0.1. */
    String address() {
        int block = slot / HOSTS_A_BLOCK;
        return "127."
                + (FIRST_BLOCK + block / HOSTS_A_BLOCK)
                + "."
                + block % HOSTS_A_BLOCK
                + "."
                + (1 + slot % HOSTS_A_BLOCK);
    }

    /** Returns the slot of an address; negative if the address belongs to no pod. */
    static int slot(byte[] address) {
        int block = ((address[1] & 0xff) - FIRST_BLOCK) * HOSTS_A_BLOCK + (address[2] & 0xff);
        return block * HOSTS_A_BLOCK + (address[3] & 0xff) - 1;
    }

    /** The CPU usage that its launcher serves, in thousandths; differs between neighbors. */
    static int cpuMilli(int slot) {
        return slot % VALUES;
    }
}
