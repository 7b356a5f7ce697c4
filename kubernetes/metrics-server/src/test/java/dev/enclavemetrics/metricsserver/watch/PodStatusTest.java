package dev.enclavemetrics.metricsserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.json.Json;
import dev.enclavemetrics.metricsserver.store.PodProblems;
import dev.enclavemetrics.metricsserver.store.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reasons in a status for containers that do not run. */
class PodStatusTest {

    private static PodStatus status(String json) {
        return Json.mapper().readValue(json.replace('\'', '"'), PodStatus.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'waiting':{'reason':'ImagePullBackOff','message':'Back-off pulling image x'}"
                        + " | ImagePullBackOff container a: Back-off pulling image x",
                "'waiting':{'reason':'CreateContainerError','message':'cannot load\\n\\tprofile'}"
                        + " | CreateContainerError container a: cannot load profile",
                "'waiting':{'reason':'ErrImagePull'} | ErrImagePull container a",
                "'waiting':{'reason':'not one word','message':'m'} | Error container a: m",
                "'terminated':{'exitCode':137,'reason':'OOMKilled'}"
                        + " | OOMKilled container a: OOMKilled, exit code 137",
                "'terminated':{'exitCode':5,'reason':'Error','message':'the enclave exited\\n'}"
                        + " | Error container a: Error, exit code 5: the enclave exited"
            })
    void saysInTheWordsOfTheKubeletWhyAContainerDoesNotRun(String state, String reason) {
        PodStatus status = status("{'containerStatuses':[{'name':'a','state':{" + state + "}}]}");

        assertThat(status.problems("a").ofLauncher()).hasToString(reason);
        assertThat(status.problems("a").ofAny()).hasToString(reason);
        assertThat(status.problems("b").ofLauncher()).isNull();
        assertThat(status.problems("").ofLauncher()).isNull();
    }

    @Test
    void saysHowAContainerEndedThatIsStartedAgain() {
        PodStatus status =
                status(
                        """
                        {'initContainerStatuses':[{'name':'a','state':
                        {'waiting':{'reason':'CrashLoopBackOff','message':'back-off 10s'}},
                        'lastState':{'terminated':{'exitCode':137,'reason':'OOMKilled'}}}]}
                        """);

        assertThat(status.problems("a").ofLauncher())
                .isEqualTo(new Reason("CrashLoopBackOff", "container a: OOMKilled, exit code 137"));
    }

    @Test
    void keepsTheCauseThatALauncherGivesAtItsEnd() {
        PodStatus status =
                status(
                        """
                        {'containerStatuses':[{'name':'enclave-metrics','state':
                        {'terminated':{'exitCode':137,'reason':'Error','message':'enclave app \
                        (i-0a1b2c3d4e5f60718-enc0a1b2c3d4e5f6071) has exited: the command was \
                        killed by signal 9 (probably out of memory, 1 OOM kill, memory usage 93 %)'}}}]}
                        """);

        assertThat(status.problems("").ofAny()).asString().endsWith("memory usage 93 %)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'containerStatuses':null,'initContainerStatuses':null,'conditions':null}",
                "{'containerStatuses':[{},{'name':null,'state':null,'lastState':null}]}",
                "{'containerStatuses':[{'name':'a','state':{'running':{'startedAt':'x'}},"
                        + "'lastState':{'terminated':{'exitCode':1}}}]}",
                "{'containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':0}}}]}",
                "{'containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':null}}}]}",
                "{'containerStatuses':[{'name':'a','state':{'waiting':{'reason':null}}}]}",
                "{'containerStatuses':[{'state':{'waiting':{'reason':'PodInitializing'}}}]}",
                "{'containerStatuses':[{'state':{'waiting':{'reason':'ContainerCreating'}}}]}",
                "{'conditions':[{'type':'PodScheduled','status':'True'}]}"
            })
    void findsNoProblemInContainersThatRunOrAreCreatedOrHaveCompleted(String json) {
        assertThat(status(json).problems("a")).isEqualTo(PodProblems.NONE);
    }

    @Test
    void namesTheFirstOfSeveralProblems() {
        PodStatus status =
                status(
                        """
                        {'containerStatuses':[
                        {'name':'a','state':{'waiting':{'reason':'ErrImagePull'}}},
                        {'name':'b','state':{'waiting':{'reason':'InvalidImageName'}}}],
                        'initContainerStatuses':[
                        {'name':'c','state':{'waiting':{'reason':'CrashLoopBackOff'}}}]}
                        """);

        assertThat(status.problems("b").ofAny()).hasToString("CrashLoopBackOff container c");
        assertThat(status.problems("b").ofLauncher()).hasToString("InvalidImageName container b");
    }

    @Test
    void saysWhyAPodWasEnded() {
        PodStatus status =
                status(
                        """
                        {'phase':'Failed','reason':'Evicted',
                        'message':'The node was low on resource: memory. ',
                        'containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':137}}}]}
                        """);

        assertThat(status.problems("a").ofAny())
                .hasToString("Evicted The node was low on resource: memory.");
        assertThat(status.problems("a").ofLauncher())
                .hasToString("Error container a: Error, exit code 137");
    }

    @Test
    void saysWhyAPodIsNotReady() {
        String conditions =
                """
                {'phase':'Running','conditions':[{'type':'Ready','status':'%s',
                'reason':'ReadinessGatesNotReady',
                'message':'corresponding condition of pod readiness gate x/y does not exist.'}]}
                """;

        assertThat(status(conditions.formatted("False")).problems("a").unready())
                .isEqualTo("corresponding condition of pod readiness gate x/y does not exist.");
        assertThat(status(conditions.formatted("True")).problems("a")).isEqualTo(PodProblems.NONE);
    }

    @Test
    void saysWhyAPodHasNoNode() {
        PodStatus status =
                status(
                        """
                        {'conditions':[{'type':'PodScheduled','status':'False',
                        'reason':'Unschedulable','message':'0/1 nodes are available: 1 Insufficient hugepages-2Mi.'}]}
                        """);

        assertThat(status.problems("a").ofAny())
                .hasToString(
                        "Unschedulable 0/1 nodes are available: 1 Insufficient hugepages-2Mi.");
        assertThat(status.problems("a").ofLauncher()).isNull();
    }
}
