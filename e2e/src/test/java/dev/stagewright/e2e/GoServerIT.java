package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The example of the introduction: a Go HTTP server that is compiled in one stage and copied to
 * another one.
 */
@ExtendWith(StagewrightExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class GoServerIT {
  private Build build;

  @BeforeAll
  void build(TestNamespace namespace) {
    build =
        namespace
            .inline("hello", sample("Dockerfile"), Map.of("httpserver.go", sample("httpserver.go")))
            .awaitSuccess();
  }

  @Test
  void buildsSmallImage() {
    var image = build.image();
    assertThat(image.digest()).isEqualTo(image.taggedDigest());
    assertThat(image.validate()).contains("PASS");
    assertThat(image.paths())
        .contains("root/myhttpserver")
        .noneMatch(path -> path.contains("stagewright"));
    assertThat(image.config().at("/config/Entrypoint/0").asText()).isEqualTo("/root/myhttpserver");
    assertThat(image.config().at("/config/WorkingDir").asText()).isEqualTo("/root/");
    assertThat(build.condition("Ready")).isEqualTo("True");
    assertThat(build.condition("Pushed")).isEqualTo("True");
    assertThat(build.text("image", "size")).isEqualTo(Long.toString(image.size()));

    var builder = build.stage("builder");
    assertThat(builder.text("phase")).isEqualTo("Succeeded");
    assertThat(builder.text("base")).contains("golang").contains("@sha256:");
    assertThat(builder.text("step"))
        .isEqualTo("4/4 RUN CGO_ENABLED=0 go build -o myhttpserver ./httpserver.go");
    assertThat(builder.fields()).containsKeys("pod", "node", "startTime", "completionTime");
    assertThat(image.size()).isLessThan(builder.size() / 10);
  }

  @Test
  void servesHttp(TestNamespace namespace) {
    namespace.start("server", namespace.image("hello"));

    assertThat(namespace.httpGet("server", 8080, "/"))
        .contains("Hello from an image that Stagewright");
  }

  private static String sample(String file) {
    try {
      return Files.readString(LocalCluster.repository().resolve("e2e/samples/hello").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
