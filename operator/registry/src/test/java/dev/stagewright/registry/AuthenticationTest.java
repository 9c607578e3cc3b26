package dev.stagewright.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.fake.Exchange;
import dev.stagewright.registry.fake.FakeRegistry;
import dev.stagewright.registry.fake.HarborGate;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.push.BlobTransfer;
import dev.stagewright.registry.push.ImagePusher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AuthenticationTest {
  private static final String ROBOT = "robot$alpha+pusher:S3cret!";

  private final HarborGate harbor =
      new HarborGate(
          ROBOT,
          Map.of(
              "alpha", Set.of("pull", "push"),
              "base", Set.of("pull"),
              "foreign", Set.of()));
  private final FakeRegistry registry = FakeRegistry.start().guardedBy(harbor);
  private final Images image = Images.of(Platform.LINUX_AMD64, 100_000, 1);
  private final List<RegistryClient> clients = new ArrayList<>();

  @AfterEach
  void stop() {
    clients.forEach(RegistryClient::close);
    registry.close();
    assertThat(registry.violations()).isEmpty();
  }

  private RegistryClient client(Credentials credentials) {
    var client = Clients.with(credentials);
    clients.add(client);
    return client;
  }

  private RegistryClient robot() throws IOException {
    return client(Clients.credentials(registry.host(), ROBOT));
  }

  private ImagePusher target(RegistryClient client, String name) {
    return client.pusher(registry.image(name));
  }

  private void push(RegistryClient client, String name) throws RegistryException {
    target(client, name).push(image.layerDescriptor(), Content.of(image.layer()));
  }

  private static void assertFails(ErrorKind kind, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .hasMessageNotContaining("S3cret!")
        .isInstanceOfSatisfying(
            RegistryException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  @Test
  void reusesTokenOfRepository() throws IOException {
    var client = robot();

    push(client, "alpha/app:1");
    push(client, "alpha/app:2");

    assertThat(registry.requests("GET /service/token")).hasSize(1);
  }

  @Test
  void requestsTokenForBothRepositoriesOfMount() throws IOException {
    registry.storage().putBlob("base/image", image.layer());

    var transfer =
        target(robot(), "alpha/app:1")
            .ensure(
                image.layerDescriptor(),
                List.of(registry.image("base/image:1")),
                Content.of(image.layer()));

    assertThat(transfer).isEqualTo(BlobTransfer.MOUNTED);
  }

  @Test
  void uploadsIfMountIsDenied() throws IOException {
    registry.storage().putBlob("foreign/image", image.layer());

    var transfer =
        target(robot(), "alpha/app:1")
            .ensure(
                image.layerDescriptor(),
                List.of(registry.image("foreign/image:1")),
                Content.of(image.layer()));

    assertThat(transfer).isEqualTo(BlobTransfer.UPLOADED);
    assertThat(registry.requests("POST")).hasSize(1);
  }

  @Test
  void renewsTokenAfterHarborsBasicChallenge() throws IOException {
    var client = robot();
    push(client, "alpha/app:1");

    harbor.expireTokens();
    push(client, "alpha/app:2");

    assertThat(registry.requests("GET /service/token")).hasSize(2);
  }

  @Test
  void renewsTokenDuringUpload() throws IOException {
    var client = robot();
    push(client, "alpha/app:1");
    registry.next(
        "PUT /v2/alpha/app/blobs",
        exchange -> {
          exchange.with("Www-Authenticate", "Basic realm=\"harbor\"").answer(401);
        });

    push(client, "alpha/app:1");

    var firstThenRejectedThenRepeated = 3;
    assertThat(registry.requests("PUT")).hasSize(firstThenRejectedThenRepeated);
    assertThat(registry.requests("GET /service/token")).hasSize(2);
  }

  @Test
  void reportsMissingProject() throws IOException {
    var client = robot();

    assertFails(
        ErrorKind.PROJECT_NOT_FOUND,
        "project nope not found: project nope not found; create the project",
        () -> push(client, "nope/app:1"));
  }

  @Test
  void reportsGrantedActions() throws IOException {
    var client = robot();
    assertThat(target(client, "alpha/app:1").exists(image.layerDescriptor().digest())).isFalse();

    assertFails(
        ErrorKind.DENIED,
        "in base/app the account may only pull",
        () -> push(client, "base/app:1"));
  }

  @Test
  void distinguishesWrongSecretFromMissingPermissions() throws IOException {
    var client = client(Clients.credentials(registry.host(), "robot$alpha+pusher:wrong"));

    assertFails(
        ErrorKind.UNAUTHORIZED,
        "the credentials grant nothing in alpha/app: the user name or the secret is wrong",
        () -> client.resolve(registry.image("alpha/app:1"), Platform.LINUX_AMD64));
    assertFails(
        ErrorKind.DENIED,
        "the credentials grant nothing in foreign/app: the account has no permissions there",
        () -> robot().resolve(registry.image("foreign/app:1"), Platform.LINUX_AMD64));
  }

  @Test
  void reportsMissingCredentials() {
    var client = client(Credentials.none());

    assertFails(
        ErrorKind.UNAUTHORIZED,
        "provide credentials for " + registry.host(),
        () -> client.resolve(registry.image("alpha/app:1"), Platform.LINUX_AMD64));
  }

  @Test
  void sendsPasswordAfterBasicChallenge() throws IOException {
    var basic = "Basic " + Base64.getEncoder().encodeToString(ROBOT.getBytes(UTF_8));
    registry.guardedBy((exchange, _) -> {
      var passes = exchange.header("Authorization").filter(basic::equals).isPresent();
      if (!passes) {
        exchange.with("WWW-Authenticate", "Basic realm=\"Registry\"").answer(401);
      }
      return passes;
    });
    var client = robot();

    push(client, "alpha/app:1");

    assertThat(registry.requests("POST")).hasSize(2);
    assertThat(registry.requests("PUT")).hasSize(1);
  }

  @Test
  void exchangesIdentityTokenForRegistryToken() throws IOException {
    var form = new ArrayList<String>();
    registry.guardedBy((exchange, self) -> {
      if (exchange.path().equals("/oauth2/token")) {
        form.add(exchange.method() + " " + new String(exchange.body().readAllBytes(), UTF_8));
        exchange.json(200, "{\"access_token\":\"abc\",\"expires_in\":300}");
        return false;
      }
      var passes = exchange.header("Authorization").filter("Bearer abc"::equals).isPresent();
      if (!passes) {
        challenge(exchange, "http://" + self.host() + "/oauth2/token");
      }
      return passes;
    });
    var config = "{\"auths\":{\"%s\":{\"identitytoken\":\"r3fresh\"}}}".formatted(registry.host());
    var client = client(Credentials.parse("config.json", config.getBytes(UTF_8)));

    push(client, "alpha/app:1");

    assertThat(form)
        .containsExactly(
            "POST grant_type=refresh_token&client_id=stagewright&refresh_token=r3fresh"
                + "&service=registry&scope=repository%3Aalpha%2Fapp%3Apull%2Cpush");
  }

  @Test
  void sendsRegistryTokenUnchanged() throws IOException {
    registry.guardedBy((exchange, self) -> {
      var passes = exchange.header("Authorization").filter("Bearer r3ady"::equals).isPresent();
      if (!passes) {
        challenge(exchange, "http://" + self.host() + "/never");
      }
      return passes;
    });
    var config = "{\"auths\":{\"%s\":{\"registrytoken\":\"r3ady\"}}}".formatted(registry.host());

    push(client(Credentials.parse("config.json", config.getBytes(UTF_8))), "alpha/app:1");

    assertThat(registry.requests("GET /never")).isEmpty();
  }

  @Test
  void sendsNoCredentialsToUploadAtOtherHost() throws IOException {
    try (var store = FakeRegistry.start()) {
      var sent = new ArrayList<Optional<String>>();
      store.next(
          "PUT /bucket",
          exchange -> {
            sent.add(exchange.header("Authorization"));
            exchange.answer(201);
          });
      var client = robot();
      push(client, "alpha/app:1");
      registry.next(
          "POST /v2/alpha/app/blobs/uploads/",
          exchange ->
              exchange.with("Location", "http://" + store.host() + "/bucket?s=x").answer(202));

      push(client, "alpha/app:1");

      assertThat(sent).containsExactly(Optional.empty());
    }
  }

  private static void challenge(Exchange exchange, String realm) throws IOException {
    exchange
        .with("WWW-Authenticate", "Bearer realm=\"%s\",service=\"registry\"".formatted(realm))
        .answer(401);
  }

  @Test
  void sendsNoCredentialsToRedirectTarget() throws IOException {
    try (var store = FakeRegistry.start()) {
      var sent = new ArrayList<Optional<String>>();
      store.next(
          "GET /bucket/layer",
          exchange -> {
            sent.add(exchange.header("Authorization"));
            exchange.answer(200, image.layer());
          });
      var client = robot();
      push(client, "alpha/app:1");
      registry.next(
          "GET /v2/alpha/app/blobs",
          exchange ->
              exchange
                  .with("Location", "http://" + store.host() + "/bucket/layer?signature=x")
                  .answer(307));

      try (var blob = client.blob(registry.image("alpha/app:1"), image.layerDescriptor())) {
        assertThat(blob.readAllBytes()).isEqualTo(image.layer());
      }

      assertThat(sent).containsExactly(Optional.empty());
    }
  }

  @Test
  void ignoresChallengeOfRedirectTarget() throws IOException {
    try (var hostile = FakeRegistry.start()) {
      hostile.guardedBy((exchange, self) -> {
        challenge(exchange, "http://" + self.host() + "/steal");
        return false;
      });
      var client = robot();
      push(client, "alpha/app:1");
      registry.next(
          "GET /v2/alpha/app/blobs",
          exchange -> exchange.with("Location", "http://" + hostile.host() + "/blob").answer(307));

      assertFails(
          ErrorKind.UNAUTHORIZED,
          "cannot read blob",
          () -> client.blob(registry.image("alpha/app:1"), image.layerDescriptor()));
      assertThat(hostile.requests("GET")).containsExactly("GET /blob");
    }
  }
}
