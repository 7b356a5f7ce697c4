package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChartFileTest {

    /** The first version in the pom is the parent's; images are tagged with it. */
    @Test
    void hasTheVersionOfTheProcesses() {
        var version = Pattern.compile("<version>(.*)</version>").matcher(Chart.read("pom.xml"));
        assertThat(version.find()).isTrue();

        Object chart = new Rendered(Chart.read("Chart.yaml")).objects().get(0);

        assertThat(Rendered.text(chart, "version")).isEqualTo(version.group(1));
        assertThat(Rendered.text(chart, "appVersion")).isEqualTo(version.group(1));
    }

    /** The package for users must contain the chart, but not its tests. */
    @Test
    void leavesTheTestsOutOfThePackage() {
        assertThat(Chart.lines(".helmignore")).contains("pom.xml", "src/", "target/");
    }
}
