package dev.enclavemetrics.metricsserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.json.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Parses responses of the API, and checks rules for all of them. */
final class ApiAnswers {

    private ApiAnswers() {}

    static JsonNode json(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return Json.mapper().readTree(response.body());
    }

    static List<String> names(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        List<String> names = new ArrayList<>();
        json(response)
                .path("items")
                .forEach(i -> names.add(i.path("describedObject").path("name").asString()));
        return names;
    }

    static void refused(HttpResponse<String> response, int code, String reason, String message) {
        JsonNode status = json(response);
        assertThat(response.statusCode()).isEqualTo(code);
        assertThat(status.path("kind").asString()).isEqualTo("Status");
        assertThat(status.path("apiVersion").asString()).isEqualTo("v1");
        assertThat(status.path("status").asString()).isEqualTo("Failure");
        assertThat(status.path("code").asInt()).isEqualTo(code);
        assertThat(status.path("reason").asString()).isEqualTo(reason);
        assertThat(status.path("message").asString()).contains(message);
    }
}
