package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.testing.PackageStructure;
import org.junit.jupiter.api.Test;

class PackagesTest {

    @Test
    void haveNoCyclesAndDoNotDependOnTheRoot() {
        PackageStructure.check("dev.enclavemetrics.metricsserver");
    }
}
