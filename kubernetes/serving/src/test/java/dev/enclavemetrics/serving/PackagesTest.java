package dev.enclavemetrics.serving;

import dev.enclavemetrics.testing.PackageStructure;
import org.junit.jupiter.api.Test;

class PackagesTest {

    @Test
    void haveNoCycles() {
        PackageStructure.check("dev.enclavemetrics.serving");
    }
}
