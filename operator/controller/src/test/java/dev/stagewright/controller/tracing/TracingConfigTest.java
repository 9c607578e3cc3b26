package dev.stagewright.controller.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingConfigTest {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  @Test
  void tracesAreOffWithoutAnEndpoint() {
    assertThat(TracingConfig.of(Map.of("OTEL_TRACES_SAMPLER_ARG", "2"))).isEmpty();
    assertThat(TracingConfig.of(Map.of(ENDPOINT, " "))).isEmpty();
    assertThat(TracingConfig.of(Map.of(ENDPOINT, "http://c:4318", "OTEL_SDK_DISABLED", "TRUE")))
        .isEmpty();
  }

  @Test
  void theEndpointOfTracesIsComplete() {
    assertThat(config(Map.of(ENDPOINT, "http://c:4318/")).endpoint())
        .isEqualTo(URI.create("http://c:4318/v1/traces"));
    assertThat(config(Map.of(ENDPOINT, "https://c/otlp")).endpoint())
        .isEqualTo(URI.create("https://c/otlp/v1/traces"));
    assertThat(
            config(Map.of(ENDPOINT, "http://c", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://t/x"))
                .endpoint())
        .isEqualTo(URI.create("http://t/x"));
  }

  @Test
  void headersArePercentEncodedAndNotLogged() {
    var config =
        config(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20a+b==, x-team = blue"));
    assertThat(config.headers())
        .containsOnly(Map.entry("Authorization", "Bearer a+b=="), Map.entry("x-team", "blue"));
    assertThat(config.describe()).contains("Authorization").doesNotContain("Bearer");
  }

  @Test
  void attributesDescribeTheOperator() {
    assertThat(
            config(
                    Map.of(
                        "POD_NAME", "stagewright-0",
                        "POD_NAMESPACE", "system",
                        "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=prod"))
                .attributes())
        .containsOnly(
            Map.entry("service.name", "stagewright"),
            Map.entry("k8s.pod.name", "stagewright-0"),
            Map.entry("k8s.namespace.name", "system"),
            Map.entry("deployment.environment.name", "prod"));
    assertThat(config(Map.of("OTEL_SERVICE_NAME", "images")).attributes())
        .containsEntry("service.name", "images");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OTEL_EXPORTER_OTLP_ENDPOINT | collector:4318 | must be a URL",
        "OTEL_EXPORTER_OTLP_ENDPOINT | http://a b | is not a URL",
        "OTEL_EXPORTER_OTLP_PROTOCOL | grpc | must be http/protobuf, but is 'grpc'",
        "OTEL_TRACES_SAMPLER | always_off | must be parentbased_traceidratio",
        "OTEL_TRACES_SAMPLER_ARG | 1.5 | must be between 0 and 1",
        "OTEL_TRACES_SAMPLER_ARG | half | must be a number",
        "OTEL_EXPORTER_OTLP_HEADERS | a=b,secret | entry 2",
        "OTEL_EXPORTER_OTLP_HEADERS | a=%zz | percent-encoding",
        "HTTP_PROXY | http:// | HTTP_PROXY",
      })
  void invalidVariablesAreNamed(String variable, String value, String message) {
    assertThatThrownBy(() -> config(Map.of(variable, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(variable)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "https://tempo.example.com | HTTPS_PROXY=http://proxy:3128 | http://proxy:3128",
        "https://tempo.example.com | https_proxy=proxy:3128 | http://proxy:3128",
        "https://tempo.example.com | HTTP_PROXY=http://proxy:3128 | -",
        "http://collector:4318 | HTTP_PROXY=http://proxy:3128 | http://proxy:3128",
        "http://c.observability.svc:4318 | HTTP_PROXY=http://proxy:3128 NO_PROXY=a,.svc | -",
        "http://c.observability.svc:4318 | HTTP_PROXY=http://proxy:3128 NO_PROXY=vc |"
            + " http://proxy:3128",
        "http://10.0.0.7:4318 | HTTP_PROXY=http://proxy:3128 NO_PROXY=10.0.0.7 | -",
        "http://collector:4318 | HTTP_PROXY=http://proxy:3128 NO_PROXY=* | -",
      })
  void theProxyIsSelectedAsUsual(String endpoint, String variables, String proxy) {
    var environment = new HashMap<String, String>();
    for (var variable : variables.split(" ", -1)) {
      environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
    }
    environment.put(ENDPOINT, endpoint);
    assertThat(config(environment).proxy().map(URI::toString).orElse(null)).isEqualTo(proxy);
  }

  private static TracingConfig config(Map<String, String> variables) {
    var environment = new HashMap<>(Map.of(ENDPOINT, "http://collector:4318"));
    environment.putAll(variables);
    return TracingConfig.of(environment).orElseThrow();
  }
}
