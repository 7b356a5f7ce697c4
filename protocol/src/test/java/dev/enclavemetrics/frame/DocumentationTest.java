package dev.enclavemetrics.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    @Test
    void listsEveryFieldAtItsOffset() throws IOException, IllegalAccessException {
        List<String> rows = new ArrayList<>();
        for (Field constant : FrameLayout.class.getDeclaredFields()) {
            if (constant.getName().endsWith("_OFFSET")) {
                rows.add("\n| %d | ".formatted(constant.getInt(null)));
            }
        }

        assertThat(rows).hasSizeGreaterThan(10);
        assertThat(Files.readString(Path.of("../docs/wire-format.md"))).contains(rows);
    }
}
