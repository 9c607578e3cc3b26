package dev.stagewright.registry.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.ImageReference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistryHostsTest {
  private static final RegistryHosts HOSTS =
      RegistryHosts.of(
          List.of(
              new RegistryHost(
                  "docker.io",
                  false,
                  List.of(Mirror.parse("harbor.example.com/hub/"), Mirror.parse("10.0.0.1:5000"))),
              new RegistryHost("10.0.0.1:5000", true, List.of()),
              new RegistryHost("localhost:5001", false, List.of())));

  @ParameterizedTest
  @CsvSource({
    "docker.io,               https://registry-1.docker.io",
    "harbor.example.com,      https://harbor.example.com",
    "harbor.example.com:8443, https://harbor.example.com:8443",
    "10.0.0.1:5000,           http://10.0.0.1:5000",
    "localhost:5000,          http://localhost:5000",
    "127.0.0.1:5000,          http://127.0.0.1:5000",
    "127.1.2.3,               http://127.1.2.3",
    "[::1]:5000,              http://[::1]:5000",
    "localhost:5001,          https://localhost:5001",
    "localhost.example.com,   https://localhost.example.com",
  })
  void returnsEndpoint(String registry, String origin) {
    var endpoint = HOSTS.endpoint(registry);

    assertThat(endpoint.origin()).hasToString(origin);
    assertThat(endpoint.uri("team/app", "tags/list"))
        .hasToString(origin + "/v2/team/app/tags/list");
  }

  @Test
  void returnsMirrorsBeforeRegistry() {
    assertThat(HOSTS.candidates(ImageReference.parse("golang:1.25")))
        .extracting(ImageReference::toString)
        .containsExactly(
            "harbor.example.com/hub/library/golang:1.25",
            "10.0.0.1:5000/library/golang:1.25",
            "docker.io/library/golang:1.25");
  }

  @Test
  void returnsOnlyRegistryWithoutMirrors() {
    var image = ImageReference.parse("quay.io/team/app:1");

    assertThat(HOSTS.candidates(image)).containsExactly(image);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://harbor.example.com", "", "/hub"})
  void rejectsMalformedMirror(String text) {
    assertThatThrownBy(() -> Mirror.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mirror \"" + text + "\" is not of the form host[:port][/path prefix]");
  }
}
