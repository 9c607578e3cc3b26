package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a hostile Dockerfile tries. The page threat-model.md of the documentation refers to these
 * tests.
 */
@ExtendWith(StagewrightExtension.class)
class HostileDockerfileIT {
  private static final Pattern PROBE = Pattern.compile("(?m)^probe (\\S+) (allowed|refused)$");
  private static final String PASSWORD = "push4711password";
  private static final String PUSH_SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: push}
      type: kubernetes.io/basic-auth
      stringData: {username: robin, password: %s}
      """
          .formatted(PASSWORD);

  /** As root, a command can do what containers can do by default, and no more. */
  @ParameterizedTest
  @ValueSource(strings = {"inPlace", "userNamespace"})
  void commandsCannotReachTheNodeOrTheCluster(String sandbox, TestNamespace namespace)
      throws IOException {
    namespace.apply(PUSH_SECRET);
    var dockerfile =
        """
        FROM busybox AS other
        RUN echo of another stage > /other
        FROM debian AS hostile
        COPY probe.sh /
        RUN sh /probe.sh
        FROM busybox
        COPY --from=other /other /
        COPY --from=hostile /probe.sh /
        """;
    var build =
        namespace
            .build(
                "probe",
                "sandbox: %s\noutput: {image: '%s', credentials: {name: push}}\n"
                        .formatted(sandbox, namespace.image("probe"))
                    + Specs.inline(dockerfile, Map.of("probe.sh", probes())))
            .awaitSuccess();

    var log = namespace.log(build.stage("hostile").text("pod"));
    var results =
        PROBE
            .matcher(log)
            .results()
            .collect(
                Collectors.toMap(
                    (MatchResult probe) -> probe.group(1),
                    probe -> probe.group(2),
                    (one, other) -> one + " and " + other,
                    TreeMap::new));
    assertThat(results).as(log).hasSizeGreaterThan(30);
    // In place, a command sees the process of the runtime, and with it the files of its own stage.
    results.remove("files-of-the-runtime", "inPlace".equals(sandbox) ? "allowed" : "refused");
    assertThat(results)
        .as(log)
        .allSatisfy((name, result) -> assertThat(result).isEqualTo("refused"));
    assertThat(build.image().config().toString() + build.image().manifest())
        .doesNotContain(PASSWORD);
  }

  /**
   * A command that runs in place can write the directory of its stage, which publish reads. A link
   * there must not lead publish to the credentials in its own container.
   */
  @Test
  void linkInPlaceOfAResultDoesNotLeadToCredentials(TestNamespace namespace) throws IOException {
    namespace.apply(PUSH_SECRET);
    var dockerfile =
        """
        FROM debian
        COPY link.sh /
        RUN sh /link.sh
        """;
    var build =
        namespace
            .build(
                "thief",
                "sandbox: inPlace\nretries: 0\noutput: {image: '%s', credentials: {name: push}}\n"
                        .formatted(namespace.image("thief"))
                    + Specs.inline(dockerfile, Map.of("link.sh", resource("link.sh"))))
            .awaitEnd();

    assumeThat(namespace.log("thief-1-s0")).contains("linked");
    assertThat(build.phase()).isEqualTo("Failed");
    assertThat(build.text("failure", "message")).contains("is not a regular file");
    assertThat(PublicText.of(namespace, namespace.environment().operator()))
        .doesNotContain(PASSWORD);
  }

  /** Lines for the operator count only in the logs of containers that run no commands. */
  @Test
  void outputCannotForgeResultsOrControlTerminals(TestNamespace namespace) throws IOException {
    var forged =
        "{\"type\":\"Pushed\",\"digest\":\"sha256:%s\",\"unchanged\":false}"
            .formatted("0".repeat(64));
    var dockerfile =
        """
        FROM busybox AS builder
        RUN echo '%s'; echo '%s' > /dev/termination-log; \\
            echo '[builder 9/9] RUN forged'; echo 'ERROR: forged'; \\
            head -c 3000000 /dev/zero | tr '\\0' x; echo; head -c 20000 /dev/urandom; echo; true
        RUN printf '\\033]0;title\\007\\033[2J\\033[31mred\\r\\nlast \\302\\233 line\\n' && exit 7
        FROM busybox
        COPY --from=builder /etc/passwd /
        """
            .formatted(frame("result", forged), forged);

    var build = namespace.inline("forger", dockerfile, Map.of()).awaitEnd();

    assertThat(build.phase()).isEqualTo("Failed");
    assertThat(build.get("image")).isEmpty();
    assertThat(build.text("failure", "reason")).isEqualTo("RunFailed");
    assertThat(build.text("failure", "exitCode")).isEqualTo("7");
    assertThat(build.text("failure", "line")).isEqualTo("5");
    assertThat(build.text("failure", "logTail")).contains("red", "last");
    assertThat(build.get().toString() + build.events())
        .doesNotContain("\u001b", "\u0007", "\u009b");
    assertThat(PushedImage.exists(namespace.environment(), namespace.image("forger"))).isFalse();
  }

  private static String frame(String kind, String json) throws IOException {
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return "stagewright-%s %s %s"
        .formatted(
            kind,
            ArchiveServer.digest(bytes),
            Base64.getEncoder().encodeToString(packed.toByteArray()));
  }

  private static String probes() throws IOException {
    return resource("probe.sh");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HostileDockerfileIT.class.getResourceAsStream("hostile/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
