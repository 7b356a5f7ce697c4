package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.testing.PackageStructure;
import org.junit.jupiter.api.Test;

class PackagesTest {

    @Test
    void thePackagesHaveNoCyclesAndDoNotKnowTheRoot() {
        PackageStructure.check("dev.enclavemetrics.kubectl");
    }
}
