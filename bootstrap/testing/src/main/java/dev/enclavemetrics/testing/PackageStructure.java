package dev.enclavemetrics.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * The rules for the packages of a module: no cycles, and only the root package, which composes the
 * process, depends on the others.
 */
public final class PackageStructure {

    private PackageStructure() {}

    /**
     * Checks the main classes of a module; its test classes are not checked.
     *
     * @param root the module's root package, such as {@code dev.enclavemetrics.launcher}
     * @throws AssertionError that lists each cycle, and each class that depends on the root
     */
    public static void check(String root) {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(root);
        slices().matching(root + ".(*)..").should().beFreeOfCycles().check(classes);
        noClasses()
                .that()
                .resideInAPackage(root + ".*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root)
                .because("the root package composes the others")
                .check(classes);
    }
}
