package dev.enclavemetrics.kubectl;

/** What people look at. */
interface Terminal {

    /** In characters. */
    record Size(int rows, int columns) {

        static final Size USUAL = new Size(24, 80);
    }

    /** As it is now: people change it. */
    Size size();
}
