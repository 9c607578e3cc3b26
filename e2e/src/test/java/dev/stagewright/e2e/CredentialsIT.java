package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A registry with TLS that requires an account. */
@ExtendWith(StagewrightExtension.class)
class CredentialsIT {
  private static final String SOURCE = Specs.inline("FROM busybox\nRUN echo a > /a\n", Map.of());

  /** Ends only because the registry refuses the image. */
  private static final String ENDLESS =
      Specs.inline("FROM busybox\nRUN sleep infinity\n", Map.of());

  @TempDir private Path folder;

  @Test
  void usesCredentialsWithoutExposingThem(TestNamespace namespace) {
    var environment = namespace.environment();
    var certificate = ServerCertificate.create(folder, environment.host());
    try (var registry = DistributionRegistry.withAccount(environment, folder, certificate)) {
      namespace.apply(certificate.configMap("authority"));
      namespace.apply(registry.account().secret("push"));
      var output =
          """
          output:
            image: '%s/team/app:%%s'
            credentials: {name: push}
            caBundle: {configMap: {name: authority}}
          """
              .formatted(registry.host());

      var build = namespace.build("app", output.formatted("1") + SOURCE).awaitSuccess();
      assertThat(build.text("image", "pinned")).startsWith(registry.host() + "/team/app@sha256:");

      namespace.apply(new RegistrySecret(registry.host(), "robin", "wrong-4711").secret("push"));
      var refused = namespace.build("refused", output.formatted("2") + ENDLESS).awaitEnd();
      assertThat(refused.text("failure", "reason")).isEqualTo("PushUnauthorized");
      assertThat(refused.text("failure", "message"))
          .contains("cannot push to " + registry.host() + "/team/app");

      assertThat(PublicText.of(namespace, environment.operator()))
          .contains(registry.host())
          .doesNotContain(registry.account().secretTexts())
          .doesNotContain("wrong-4711");
    }
  }

  @Test
  void reportsUntrustedCertificate(TestNamespace namespace) {
    var environment = namespace.environment();
    var certificate = ServerCertificate.create(folder, environment.host());
    try (var registry = DistributionRegistry.withAccount(environment, folder, certificate)) {
      var output = "output: {image: '%s/team/app:1'}\n".formatted(registry.host());

      var build = namespace.build("app", output + ENDLESS).awaitEnd();

      assertThat(build.text("failure", "reason")).isEqualTo("PushRefused");
      assertThat(build.text("failure", "message")).contains("certificate");
    }
  }
}
