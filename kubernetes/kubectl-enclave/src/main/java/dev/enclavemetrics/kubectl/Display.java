package dev.enclavemetrics.kubectl;

/** Where rounds are shown. */
interface Display {

    void show(Usages usages);

    /** Shows that a round failed. */
    void fail(String words);

    /** Whether nobody can see it any more. */
    boolean isGone();
}
