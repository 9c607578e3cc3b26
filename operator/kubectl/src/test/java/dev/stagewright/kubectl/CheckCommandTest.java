package dev.stagewright.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.report.Report;
import dev.stagewright.kubectl.support.TestImage;
import dev.stagewright.kubectl.support.TestRegistry;
import dev.stagewright.layers.oci.ImageReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code check}, with the account of docker login. */
class CheckCommandTest {
  @TempDir private Path home;
  private TestRegistry registry;
  private ImageReference image;

  @BeforeEach
  void push() throws Exception {
    registry = new TestRegistry(home);
    image = registry.image("app:1");
    var _ =
        new TestImage()
            .layer(
                "ADD rootfs.tar /",
                Map.of("etc/os-release", "ID=debian\n".getBytes(UTF_8), "bin/sh", new byte[9]))
            .command("sh")
            .layer("RUN /bin/sh -c make # buildkit", Map.of("app/größe", new byte[4_000_000]))
            .layer(
                "COPY run.sh /app/ # buildkit", Map.of("app/run.sh", "#!/bin/sh\n".getBytes(UTF_8)))
            .command("/app/run.sh")
            .push(registry.client(), image);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Report report(String... options) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("check", image.toString(), "--format", "json"));
    arguments.addAll(List.of(options));
    var result = registry.run(arguments.toArray(String[]::new));
    assertThat(result.err()).isEmpty();
    return Report.parse(result.out());
  }

  @Test
  void reportsAnImageThatAnyToolHasBuilt() {
    var report = report();

    assertThat(report.image().reference()).isEqualTo(image.toString());
    assertThat(report.image().command()).containsExactly("/app/run.sh");
    assertThat(report.size().layers())
        .extracting(layer -> layer.origin().instruction().orElse(""))
        .containsExactly(
            "ADD rootfs.tar /", "RUN /bin/sh -c make # buildkit", "COPY run.sh /app/ # buildkit");
    assertThat(report.size().layers())
        .extracting(layer -> layer.origin().base())
        .containsExactly(true, false, false);
    assertThat(report.size().total().files()).isEqualTo(4);
  }

  @Test
  void printsText() {
    var result = registry.run("check", image.toString());

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith(image + "  linux/amd64\ndigest   sha256:")
        .contains("command  /app/run.sh\n");
  }

  @Test
  void writesAPageToAFile() throws Exception {
    var file = home.resolve("out/report.html");

    var result = registry.run("check", image.toString(), "--format", "html", "-o", file.toString());

    assertThat(result.err() + result.out()).isEmpty();
    assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").contains("/app/größe: 4.0 MB");
  }

  @Test
  void printsSarif() {
    assertThat(registry.run("check", image.toString(), "--format", "sarif").out())
        .contains("\"version\":\"2.1.0\"");
  }

  @Test
  void rejectsUnknownRulesAndPlatforms() {
    var rule = registry.run("check", image.toString(), "--fail-on", "NoSuchRule");
    assertThat(rule.exitCode()).isEqualTo(2);
    assertThat(rule.err())
        .startsWith("'NoSuchRule' is neither a rule nor a severity (error, warning, hint)");
    assertThat(registry.run("check", image.toString(), "--platform", "linux").exitCode())
        .isEqualTo(2);
    assertThat(registry.run("check", "App").exitCode()).isEqualTo(2);
  }

  @Test
  void saysThatTheImageOrThePlatformDoesNotExist() {
    var missing = registry.run("check", registry.image("app:2").toString());
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.err()).contains("team/app:2");

    var other = registry.run("check", image.toString(), "--platform", "linux/arm64");
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.err()).contains("does not support platform linux/arm64");
  }

  @Test
  void saysThatTheRegistryRejectsTheAccount() throws Exception {
    var config = home.resolve(".docker/config.json");
    var registryName = image.registry();
    Files.writeString(config, "{\"auths\":{\"%s\":{\"auth\":\"eDp5\"}}}".formatted(registryName));

    var result = registry.run("check", image.toString());

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).startsWith("cannot ").contains(image.toString());
  }
}
