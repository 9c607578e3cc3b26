package dev.stagewright.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.fake.FakeRegistry;
import dev.stagewright.registry.fake.Handler;
import dev.stagewright.registry.fake.HarborGate;
import dev.stagewright.registry.http.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No failure and no output contains a secret. */
final class SecrecyTest {
  private static final String ACCOUNT = "robot$alpha+pusher:S3cretOfTheRobot";
  private static final String SIGNATURE = "S3cretSignature";
  private static final String SIGNED = "/bucket/blob?signature=" + SIGNATURE;
  private static final List<String> SECRETS =
      List.of(
          "S3cretOfTheRobot",
          Base64.getEncoder().encodeToString(ACCOUNT.getBytes(UTF_8)),
          "Authorization",
          // Every token of the fake registry begins with this text, and nothing else does.
          "e30.",
          SIGNATURE);

  private final FakeRegistry registry =
      FakeRegistry.start()
          .guardedBy(new HarborGate(ACCOUNT, Map.of("alpha", Set.of("pull", "push"))));
  private final Images image = Images.of(Platform.LINUX_AMD64, 100_000, 1);
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    var both = new PrintStream(printed, true, UTF_8);
    System.setOut(both);
    System.setErr(both);
  }

  @AfterEach
  void stop() {
    System.setOut(out);
    System.setErr(err);
    registry.close();
  }

  static Stream<Named<Handler>> failures() {
    return Stream.of(
        Named.of("refused", exchange -> exchange.error(403, "DENIED", "no")),
        Named.of("unauthorized", exchange -> exchange.error(401, "UNAUTHORIZED", "no")),
        Named.of("broken", exchange -> exchange.answer(500)),
        Named.of("cut", exchange -> exchange.cut()),
        Named.of(
            "sent to a closed port",
            exchange -> exchange.with("Location", "http://127.0.0.1:1" + SIGNED).answer(307)),
        Named.of(
            "sent to a malformed address",
            exchange -> exchange.with("Location", "http://[" + SIGNED).answer(307)),
        Named.of(
            "sent to no web address",
            exchange -> exchange.with("Location", "ftp://127.0.0.1" + SIGNED).answer(307)),
        Named.of(
            "sent in a circle",
            exchange -> exchange.with("Location", exchange.path() + "?" + SIGNATURE).answer(307)),
        Named.of(
            "given a malformed session",
            exchange -> exchange.with("Location", "http://[" + SIGNED).answer(202)),
        Named.of(
            "given a session at a closed port",
            exchange -> exchange.with("Location", "http://127.0.0.1:1" + SIGNED).answer(202)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void hidesSecretsInFailuresOfPush(Handler failing) throws IOException {
    assertHidesSecrets("POST /v2/alpha", failing);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void hidesSecretsInFailuresOfUpload(Handler failing) throws IOException {
    assertHidesSecrets("PUT /v2/alpha", failing);
  }

  private void assertHidesSecrets(String line, Handler failing) throws IOException {
    var credentials = Clients.credentials(registry.host(), ACCOUNT);
    for (var i = 0; i < 20 * Clients.ATTEMPTS; i++) {
      registry.next(line, failing).next("PATCH /v2/alpha", failing);
    }
    try (var client = Clients.with(credentials)) {
      var target = client.pusher(registry.image("alpha/app:1"));
      var failure =
          catchThrowable(() -> target.push(image.layerDescriptor(), Content.of(image.layer())));
      assertThat(failure).isNotNull();
      assertThat(everything(failure, credentials)).doesNotContain(SECRETS);
    }
  }

  private String everything(Throwable failure, Credentials credentials) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text + printed.toString(UTF_8) + credentials;
  }
}
