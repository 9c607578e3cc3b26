package dev.stagewright.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.fake.FakeRegistry;
import dev.stagewright.registry.fake.HarborGate;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.push.BlobTransfer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two accounts at one registry: one may read {@code base}, the other may push to {@code team}. */
final class AccountsTest {
  private static final String READER = "robot$base+reader:S3cret1";
  private static final String PUSHER = "robot$team+pusher:S3cret2";

  private final FakeRegistry registry =
      FakeRegistry.start()
          .guardedBy(
              new HarborGate(
                  Map.of(
                      READER, Map.of("base", Set.of("pull"), "team", Set.of()),
                      PUSHER, Map.of("team", Set.of("pull", "push")))));
  private final Images image = Images.of(Platform.LINUX_AMD64, 100_000, 1);
  private final List<RegistryClient> clients = new ArrayList<>();

  @BeforeEach
  void store() {
    var storage = registry.storage();
    storage.putBlob("base/image", image.layer());
    storage.putBlob("base/image", image.config().bytes());
    storage.putManifest("base/image", "1", MediaTypes.MANIFEST, image.manifest().bytes());
  }

  @AfterEach
  void stop() {
    clients.forEach(RegistryClient::close);
    registry.close();
    assertThat(registry.violations()).isEmpty();
  }

  private RegistryClient client(String... files) throws IOException {
    var credentials = new ArrayList<Credentials>();
    for (var file : files) {
      credentials.add(
          Credentials.parse(
              "file" + credentials.size(), ("{\"auths\":{" + file + "}}").getBytes(UTF_8)));
    }
    var client = Clients.with(Credentials.of(credentials));
    clients.add(client);
    return client;
  }

  private String entry(String path, String account) {
    return "\"%s%s\":{\"auth\":\"%s\"}"
        .formatted(
            registry.host(), path, Base64.getEncoder().encodeToString(account.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/base"})
  void readsWithPermittedAccountInAnyOrder(String path) throws IOException {
    var client = client(entry("", PUSHER), entry(path, READER));

    var found = client.resolve(registry.image("base/image:1"), Platform.LINUX_AMD64);
    try (var layer = client.blob(found.location(), image.layerDescriptor())) {
      assertThat(layer.readAllBytes()).isEqualTo(image.layer());
    }
  }

  @Test
  void remembersAcceptedAccount() throws IOException {
    var client = client(entry("", PUSHER), entry("", READER));
    var found = client.resolve(registry.image("base/image:1"), Platform.LINUX_AMD64);
    var before = registry.requests("GET /v2/base/image/blobs").size();

    client.blob(found.location(), image.layerDescriptor()).close();

    assertThat(registry.requests("GET /v2/base/image/blobs")).hasSize(before + 1);
  }

  @Test
  void pushesWithSecondAccountIfOnlyItMayPush() throws IOException {
    var client = client(entry("", READER), entry("", PUSHER));
    var target = client.pusher(registry.image("team/app:1"));

    target.check();
    target.push(image.layerDescriptor(), Content.of(image.layer()));

    assertThat(registry.storage().blob("team/app", image.layerDescriptor().digest())).isPresent();
    assertThat(registry.storage().openUploads()).isZero();
  }

  @Test
  void copiesIfNoAccountMayMount() throws IOException {
    var reader = client(entry("", READER));
    var target = client(entry("", PUSHER)).pusher(registry.image("team/app:1"));

    var transfer =
        target.ensure(
            image.layerDescriptor(),
            List.of(registry.image("base/image:1")),
            reader.content(registry.image("base/image:1"), image.layerDescriptor()));

    assertThat(transfer).isEqualTo(BlobTransfer.UPLOADED);
    assertThat(registry.requests("POST")).containsExactly("POST /v2/team/app/blobs/uploads/");
  }

  @Test
  void distinguishesSourceFailures() throws IOException {
    var reader = client(entry("", PUSHER));
    var target = client(entry("", PUSHER)).pusher(registry.image("team/app:1"));

    assertThatThrownBy(() ->
            target.push(
                image.layerDescriptor(),
                reader.content(registry.image("base/image:1"), image.layerDescriptor())))
        .hasMessageStartingWith("cannot read blob " + image.layerDescriptor().digest() + " of ")
        .isInstanceOfSatisfying(
            RegistryException.class,
            failure -> {
              assertThat(failure.isSourceFailure()).isTrue();
              assertThat(failure.kind()).isEqualTo(ErrorKind.DENIED);
            });
    assertThat(registry.requests("PUT")).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void listsAllRejectedAccounts() throws IOException {
    var client = client(entry("", PUSHER), entry("/base", "robot$base+reader:wrong"));

    assertThatThrownBy(() -> client.resolve(registry.image("base/image:1"), Platform.LINUX_AMD64))
        .hasMessageContaining(
            "; none of the accounts was accepted: file1, entry \"%1$s/base\" (status 401), file0, entry \"%1$s\" (status 401)"
                .formatted(registry.host()))
        .hasMessageNotContaining("S3cret");
  }

  @Test
  void reportsNotFoundOfPermittedAccount() throws IOException {
    var client = client(entry("", PUSHER), entry("", READER));

    assertThatThrownBy(() -> client.resolve(registry.image("base/image:2"), Platform.LINUX_AMD64))
        .isInstanceOfSatisfying(
            RegistryException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }
}
