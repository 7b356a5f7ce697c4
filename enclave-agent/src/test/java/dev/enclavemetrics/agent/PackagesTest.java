package dev.enclavemetrics.agent;

import dev.enclavemetrics.testing.PackageStructure;
import org.junit.jupiter.api.Test;

class PackagesTest {

    @Test
    void haveNoCyclesAndDoNotDependOnTheProcess() {
        PackageStructure.check("dev.enclavemetrics.agent");
    }
}
