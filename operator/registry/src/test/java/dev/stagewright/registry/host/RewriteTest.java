package dev.stagewright.registry.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.http.Connection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RewriteTest {
  private static RegistryHost host(String host, Rewrite... rewrites) {
    return new RegistryHost(
        host, false, List.of(), List.of(rewrites), Connection.DEFAULT, Optional.empty());
  }

  private static final RegistryHosts HOSTS =
      RegistryHosts.of(
          List.of(
              host(
                  "docker.io",
                  Rewrite.parse("", "harbor.example.com/hub"),
                  Rewrite.parse("library", "harbor.example.com/proxy/library"),
                  Rewrite.parse("library/internal/", "10.0.0.1:5000")),
              host("quay.io", Rewrite.parse("team", "harbor.example.com/quay"))));

  @ParameterizedTest
  @CsvSource({
    "golang:1.25,                 harbor.example.com/proxy/library/golang:1.25",
    "team/app:2,                  harbor.example.com/hub/team/app:2",
    "docker.io/library/internal/a,10.0.0.1:5000/a:latest",
    "libraries/app,               harbor.example.com/hub/libraries/app:latest",
    "quay.io/team/app:1,          harbor.example.com/quay/app:1",
    "quay.io/teams/app:1,         quay.io/teams/app:1",
    "harbor.example.com/hub/a:1,  harbor.example.com/hub/a:1",
  })
  void rewritesName(String image, String expected) {
    assertThat(HOSTS.rewritten(ImageReference.parse(image))).hasToString(expected);
  }
}
