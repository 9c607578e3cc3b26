package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The failure reasons and messages of builds that cannot succeed. */
@ExtendWith(StagewrightExtension.class)
class FailuresIT {
  @Test
  void failedRunHasExitCodeAndLog(TestNamespace namespace) {
    var build =
        namespace
            .inline(
                "fails",
                """
                FROM busybox AS builder
                RUN echo fine
                RUN echo about to fail && \\
                    exit 42
                FROM busybox
                COPY --from=builder /etc/passwd /passwd
                """,
                Map.of())
            .awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("RunFailed");
    assertThat(build.text("failure", "exitCode")).isEqualTo("42");
    assertThat(build.text("failure", "stage")).isEqualTo("builder");
    assertThat(build.text("failure", "line")).isEqualTo("3");
    assertThat(build.text("failure", "instruction")).startsWith("RUN echo about to fail");
    assertThat(build.text("failure", "logTail")).contains("about to fail");
    assertThat(build.condition("Ready")).isEqualTo("False");
    assertThat(build.stage("builder").text("phase")).isEqualTo("Failed");
    assertThat(PushedImage.exists(namespace.environment(), namespace.image("fails"))).isFalse();
    namespace.awaitPods(
        pods -> pods.stream().noneMatch(pod -> pod.getStatus().getPhase().equals("Running")));
  }

  @Test
  void failedScriptShowsOnlyItsOutput(TestNamespace namespace) {
    var build =
        namespace
            .inline(
                "script",
                """
                FROM busybox
                RUN <<SCRIPT
                set -e
                %sprintf 'plain\\0 \\033[31mred\\033[0m\\n1%%%%\\r100%%%%\\n'
                false
                SCRIPT
                """
                    .formatted("true a line of the script\n".repeat(30)),
                Map.of())
            .awaitEnd();

    assertThat(build.text("failure", "message"))
        .isEqualTo("The command '/bin/sh -c set -e …' returned a non-zero code: 1");
    assertThat(build.text("failure", "logTail"))
        .contains("plain red", "100%")
        .doesNotContain("script", "1%\\r", "\u001b", "ERROR");
  }

  @Test
  void syntaxErrorHasLineAndStartsNoStage(TestNamespace namespace) {
    var build = namespace.inline("syntax", "FROM busybox\n\nFRM nothing\n", Map.of()).awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("DockerfileInvalid");
    assertThat(build.text("failure", "message"))
        .contains("dockerfile parse error on line 3")
        .contains("unknown instruction: FRM")
        .contains("did you mean FROM?");
    assertThat(build.text("failure", "line")).isEqualTo("3");
    assertThat(namespace.stagePods()).isEmpty();
  }

  @Test
  void reportsUnknownBaseImage(TestNamespace namespace) {
    var missing = namespace.environment().registry() + "/nowhere/nothing:7";

    var build =
        namespace
            .inline("unknown", "FROM busybox AS a\nFROM " + missing + "\nRUN true\n", Map.of())
            .awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("BaseImageNotFound");
    assertThat(build.text("failure", "message"))
        .contains("nowhere/nothing:7")
        .contains("not found");
    assertThat(build.text("failure", "line")).isEqualTo("2");
    assertThat(namespace.stagePods()).isEmpty();
  }

  @Test
  void reportsFileMissingFromContext(TestNamespace namespace) {
    var build =
        namespace.inline("missing", "FROM busybox\nCOPY nothing.txt /\n", Map.of()).awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("CopyFailed");
    assertThat(build.text("failure", "message")).contains("nothing.txt").contains("not found");
    assertThat(build.text("failure", "line")).isEqualTo("2");
  }

  @Test
  void explainsMissingLoaderOfProgram(TestNamespace namespace) {
    var build =
        namespace
            .inline(
                "loader",
                """
                FROM gcc AS builder
                RUN echo 'int main(void) { return 0; }' > a.c && gcc -o /a a.c
                FROM alpine
                COPY --from=builder /a /a
                RUN ["/a"]
                """,
                Map.of())
            .awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("RunFailed");
    assertThat(build.text("failure", "message")).contains("/a").contains("ld-linux");
  }

  @Test
  void reportsUnknownTarget(TestNamespace namespace) {
    var build =
        namespace
            .build("target", "target: biuld\n" + Specs.inline("FROM busybox AS build\n", Map.of()))
            .awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("TargetNotFound");
    assertThat(build.text("failure", "message")).contains("biuld").contains("did you mean build?");
  }

  @Test
  void reportsUnreachableRegistry(TestNamespace namespace) {
    var image = namespace.image("refused").replace("/e2e/", "/e2e-no-such-host/");
    namespace.apply(
        """
        apiVersion: stagewright.dev/v1alpha1
        kind: ImageBuild
        metadata:
          name: refused
          labels: {stagewright.dev/operator: %s}
        spec:
          retries: 0
          source: {inline: {dockerfile: "FROM busybox"}}
          output: {image: "%s"}
        """
            .formatted(
                namespace.environment().operator().operatorName(),
                image.replaceFirst("^[^/]*", "registry.invalid")));

    var build = new Build(namespace, "refused").awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("RegistryUnavailable");
    assertThat(build.text("failure", "message")).contains("registry.invalid");
  }

  @Test
  void stopsBuildAfterTimeout(TestNamespace namespace) {
    var build =
        namespace
            .build(
                "slow", "timeout: 8s\n" + Specs.inline("FROM busybox\nRUN sleep 600\n", Map.of()))
            .awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("Timeout");
    namespace.awaitPods(
        pods -> pods.stream().noneMatch(pod -> pod.getStatus().getPhase().equals("Running")));
  }
}
