package dev.enclavemetrics.kubectl.show;

/** A terminal. */
public interface Terminal {

    /** Its size in characters. */
    record Size(int rows, int columns) {

        static final Size DEFAULT = new Size(24, 80);
    }

    /** The current size. */
    Size size();
}
