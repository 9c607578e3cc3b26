package dev.stagewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.fake.FakeRegistry;
import dev.stagewright.registry.fake.HarborGate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TagsAndDeletionTest {
  private static final Digest DIGEST = Digest.of("a manifest".getBytes(StandardCharsets.UTF_8));

  private final FakeRegistry registry = FakeRegistry.start();
  private final RegistryClient client = Clients.anonymous();

  @AfterEach
  void stop() {
    client.close();
    assertThat(registry.violations()).isEmpty();
    registry.close();
  }

  @Nested
  class Tags {
    private static final String LIST = "GET /v2/team/app/tags/list";

    private List<String> tags() throws IOException {
      return client.tags(registry.image("team/app"));
    }

    @Test
    void arePaged() throws IOException {
      registry.next(
          LIST,
          exchange ->
              exchange
                  .with("Link", "</v2/team/app/tags/list?last=b&n=2>; rel=\"next\"")
                  .json(200, "{\"name\":\"team/app\",\"tags\":[\"a\",\"b\"]}"));
      registry.next(
          LIST,
          exchange -> {
            assertThat(exchange.query("last")).containsExactly("b");
            exchange.json(200, "{\"name\":\"team/app\",\"tags\":[\"c\"]}");
          });

      assertThat(tags()).containsExactly("a", "b", "c");
    }

    @Test
    void ofTheNextPageAreAskedForAtTheSameRegistryOnly() throws IOException {
      registry.next(
          LIST,
          exchange ->
              exchange
                  .with("Link", "<https://other.example.com/?last=a>; rel=\"next\"")
                  .json(200, "{\"tags\":[\"a\"]}"));
      registry.next(LIST, exchange -> exchange.json(200, "{\"tags\":[\"b\"]}"));

      assertThat(tags()).containsExactly("a", "b");
    }

    @Test
    void endWhenARegistryRepeatsThem() throws IOException {
      for (var i = 0; i < 3; i++) {
        registry.next(
            LIST,
            exchange ->
                exchange
                    .with("Link", "</v2/team/app/tags/list?last=a&n=1>; rel=\"next\"")
                    .json(200, "{\"tags\":[\"a\"]}"));
      }

      assertThat(tags()).containsExactly("a");
      assertThat(registry.requests(LIST)).hasSize(2);
    }

    @Test
    void doNotExistInARepositoryThatDoesNotExist() throws IOException {
      registry.next(LIST, exchange -> exchange.error(404, "NAME_UNKNOWN", "repository unknown"));
      assertThat(tags()).isEmpty();
    }

    @Test
    void mayBeNull() throws IOException {
      registry.next(LIST, exchange -> exchange.json(200, "{\"name\":\"team/app\",\"tags\":null}"));
      assertThat(tags()).isEmpty();
    }
  }

  @Nested
  class Deletion {
    private static final String DELETE = "DELETE /v2/team/app/manifests/sha256:";

    @Test
    void saysWhetherTheManifestExisted() throws IOException {
      registry.next(DELETE, exchange -> exchange.answer(202));
      registry.next(DELETE, exchange -> exchange.error(404, "MANIFEST_UNKNOWN", "unknown"));

      assertThat(client.delete(registry.image("team/app").pinned(DIGEST))).isTrue();
      assertThat(client.delete(registry.image("team/app").pinned(DIGEST))).isFalse();
    }

    @Test
    void isRejectedByARegistryThatDoesNotAllowIt() {
      assertThatThrownBy(() -> client.delete(registry.image("team/app").pinned(DIGEST)))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("cannot delete " + registry.host() + "/team/app@sha256:")
          .hasMessageContaining("405")
          .hasMessageEndingWith(
              "the registry does not allow deletion; CNCF distribution does with"
                  + " REGISTRY_STORAGE_DELETE_ENABLED=true");
    }

    @Test
    void requiresAPermissionOfItsOwn() throws Exception {
      registry.guardedBy(new HarborGate("robot:secret", Map.of("team", Set.of("pull", "push"))));
      var image = registry.image("team/app");
      var manifest = Images.of(Platform.LINUX_AMD64, 10, 1).manifest();
      registry.storage().putManifest("team/app", "1", MediaTypes.MANIFEST, manifest.bytes());
      try (var robot = Clients.with(Clients.credentials(registry.host(), "robot:secret"))) {
        assertThat(robot.find(image.tagged("1"))).isPresent();
        assertThatThrownBy(() -> robot.delete(image.pinned(manifest.descriptor().digest())))
            .isInstanceOfSatisfying(
                RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DENIED))
            .hasMessageContaining("the credentials grant nothing");
      }
    }
  }
}
