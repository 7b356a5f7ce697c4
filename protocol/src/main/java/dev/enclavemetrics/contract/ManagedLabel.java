package dev.enclavemetrics.contract;

/** The label that opts a Pod or an HPA in. Objects without it are never touched. */
public final class ManagedLabel {

    public static final String KEY = "nitro.k8s.anjuna.io/managed";
    public static final String VALUE = "yes";

    /** The same as a label selector. */
    public static final String SELECTOR = KEY + "=" + VALUE;

    private ManagedLabel() {}
}
