package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.bootstrap.PlainArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast parser must give the result of picocli, or leave the command line to picocli. */
class PlainArgumentsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port=1",
                "--port=",
                "--port==1",
                "--enclave=unix:/a=b --port=x --bind=\"all\"",
                "--run-enclave=/a.eif --debug=true",
                "--bind=@file --enclave=${sys:user.home}",
            })
    void readsAPlainCommandLineAsPicocliDoes(String line) {
        String[] arguments = line.split(" ");
        assertThat(PlainArguments.parse(Setting.class, arguments))
                .isEqualTo(Launcher.command().parse(arguments));
    }

    @Test
    void readsAnEmptyCommandLine() {
        assertThat(PlainArguments.parse(Setting.class)).isEqualTo(Launcher.command().parse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--port=1 --version",
                "--port 1",
                "--port",
                "--port=1 --port=2",
                "--prt=1",
                "port=1",
                "=1",
                "--port=--port",
                "-h",
                "@file",
                "",
            })
    void leavesEveryOtherCommandLineToPicocli(String line) {
        assertThat(PlainArguments.parse(Setting.class, line.split(" "))).isNull();
    }
}
