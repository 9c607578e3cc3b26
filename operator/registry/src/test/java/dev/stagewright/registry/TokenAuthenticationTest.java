package dev.stagewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.RegistryHost;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Connection;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import dev.stagewright.registry.push.BlobTransfer;
import dev.stagewright.registry.real.DistributionRegistry;
import dev.stagewright.registry.real.Fault;
import dev.stagewright.registry.real.FaultProxy;
import dev.stagewright.registry.real.TokenServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests against a real registry that accepts the tokens of a test server. */
final class TokenAuthenticationTest {
  private static final String PUSHER = "pusher:S3cret!";
  private static final String READER = "reader:S3cret!";
  private static final long CHUNK = 100_000;

  /** Has timeouts longer than the lifetime of a token. */
  private static final ClientOptions LONG_TIMEOUTS =
      new ClientOptions(Timeouts.DEFAULT, Clients.OPTIONS.retry(), ProxyEnvironment.NONE);

  private final TokenServer tokens =
      TokenServer.start(
          Map.of(
              PUSHER,
              Map.of("team/app", Set.of("pull", "push"), "base/image", Set.of("pull", "push")),
              READER,
              Map.of("team/app", Set.of("pull")),
              "",
              Map.of("base/image", Set.of("pull"))));
  private final Images image = Images.of(Platform.LINUX_AMD64, 1_000_000, 1);
  private Optional<DistributionRegistry> started = Optional.empty();
  private Optional<FaultProxy> faultProxy = Optional.empty();

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    var registry = DistributionRegistry.start(directory, "", tokens.configuration(directory));
    started = Optional.of(registry);
    faultProxy = Optional.of(FaultProxy.before(registry.port()));
  }

  @AfterEach
  void stop() {
    faultProxy.ifPresent(FaultProxy::close);
    started.ifPresent(DistributionRegistry::close);
    tokens.close();
  }

  private FaultProxy proxy() {
    return faultProxy.orElseThrow();
  }

  private ImageReference name(String repository) {
    return ImageReference.parse(proxy().host() + "/" + repository + ":1");
  }

  private RegistryClient client(Optional<String> account) throws Exception {
    var hosts =
        RegistryHosts.of(
            List.of(
                new RegistryHost(
                    proxy().host(),
                    true,
                    List.of(),
                    List.of(),
                    Connection.DEFAULT,
                    Optional.of(CHUNK))));
    var credentials =
        account.isEmpty() ? Credentials.none() : Clients.credentials(proxy().host(), account.get());
    return RegistryClient.create(hosts, credentials, LONG_TIMEOUTS);
  }

  private void push(RegistryClient client, String repository) throws RegistryException {
    client.pusher(name(repository)).push(image.layerDescriptor(), Content.of(image.layer()));
  }

  @Test
  void requestsOneTokenPerUpload() throws Exception {
    try (var client = client(Optional.of(PUSHER))) {
      push(client, "team/app");
    }

    assertThat(tokens.requestedScopes()).containsExactly(List.of("repository:team/app:pull,push"));
  }

  @Test
  void requestsBothRepositoriesOfMountInOneToken() throws Exception {
    try (var client = client(Optional.of(PUSHER))) {
      push(client, "base/image");

      assertThat(
              client
                  .pusher(name("team/app"))
                  .ensure(
                      image.layerDescriptor(),
                      List.of(name("base/image")),
                      Content.of(image.layer())))
          .isEqualTo(BlobTransfer.MOUNTED);
    }

    assertThat(tokens.requestedScopes().getLast())
        .containsExactly("repository:team/app:pull,push", "repository:base/image:pull");
  }

  @Test
  void renewsTokenDuringUpload() throws Exception {
    tokens.issueFor(Duration.ofSeconds(2));
    for (var chunk = 0; chunk < 4; chunk++) {
      proxy().next("PATCH", new Fault.Wait(() -> {}));
    }
    proxy().next("PATCH", new Fault.Wait(tokens::awaitEnd));

    try (var client = client(Optional.of(PUSHER))) {
      push(client, "team/app");

      assertThat(client.pusher(name("team/app")).exists(image.layerDescriptor().digest())).isTrue();
    }
    assertThat(tokens.requestedScopes()).hasSizeGreaterThan(1);
    assertThat(proxy().requests("POST /v2/team/app/blobs/uploads/")).hasSize(2);
  }

  @Test
  void readsPublicRepositoryWithoutCredentials() throws Exception {
    try (var client = client(Optional.of(PUSHER))) {
      push(client, "base/image");
    }

    try (var client = client(Optional.empty());
        var layer = client.blob(name("base/image"), image.layerDescriptor())) {
      assertThat(layer.readAllBytes()).isEqualTo(image.layer());
    }
  }

  @Test
  void reportsGrantedActions() throws Exception {
    try (var client = client(Optional.of(READER))) {
      assertThatThrownBy(() -> push(client, "team/app"))
          .hasMessageContaining("in team/app the account may only pull")
          .extracting(failure -> ((RegistryException) failure).kind())
          .isEqualTo(ErrorKind.DENIED);
    }
  }

  @Test
  void reportsWrongPassword() throws Exception {
    try (var client = client(Optional.of("pusher:wrong"))) {
      assertThatThrownBy(() -> push(client, "team/app"))
          .hasMessageContaining("check user name and password")
          .extracting(failure -> ((RegistryException) failure).kind())
          .isEqualTo(ErrorKind.UNAUTHORIZED);
    }
  }
}
