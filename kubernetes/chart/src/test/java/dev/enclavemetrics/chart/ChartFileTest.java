package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChartFileTest {

    /** The parent's is the first that the pom has; images are tagged with it. */
    @Test
    void hasTheVersionOfTheProcesses() {
        var version = Pattern.compile("<version>(.*)</version>").matcher(Chart.read("pom.xml"));
        assertThat(version.find()).isTrue();

        Object chart = new Rendered(Chart.read("Chart.yaml")).objects().get(0);

        assertThat(Rendered.text(chart, "version")).isEqualTo(version.group(1));
        assertThat(Rendered.text(chart, "appVersion")).isEqualTo(version.group(1));
    }

    /** A package for users holds the chart, not its tests. */
    @Test
    void leavesTheTestsOutOfThePackage() {
        assertThat(Chart.lines(".helmignore")).contains("pom.xml", "src/", "target/");
    }
}
