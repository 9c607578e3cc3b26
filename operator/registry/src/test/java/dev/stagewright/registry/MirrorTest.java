package dev.stagewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.fake.FakeRegistry;
import dev.stagewright.registry.host.Mirror;
import dev.stagewright.registry.host.RegistryHost;
import dev.stagewright.registry.host.RegistryHosts;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MirrorTest {
  private final FakeRegistry upstream = FakeRegistry.start();
  private final FakeRegistry mirror = FakeRegistry.start();
  private final RegistryClient client =
      Clients.with(
          RegistryHosts.of(
              List.of(
                  new RegistryHost(
                      upstream.host(), true, List.of(Mirror.parse(mirror.host() + "/proxy"))))),
          Credentials.none());
  private final Images image = Images.of(Platform.LINUX_AMD64, 10, 1);

  @AfterEach
  void stop() {
    client.close();
    upstream.close();
    mirror.close();
  }

  private void store(FakeRegistry registry, String repository) {
    registry.storage().putBlob(repository, image.config().bytes());
    registry.storage().putManifest(repository, "1", MediaTypes.MANIFEST, image.manifest().bytes());
  }

  @Test
  void resolvesAtMirrorFirst() throws RegistryException {
    store(upstream, "team/app");
    store(mirror, "proxy/team/app");

    var resolved = client.resolve(upstream.image("team/app:1"), Platform.LINUX_AMD64);

    assertThat(resolved.location())
        .isEqualTo(mirror.image("proxy/team/app:1").pinned(image.manifest().descriptor().digest()));
    assertThat(upstream.requests("")).isEmpty();
  }

  @Test
  void fallsBackToRegistry() throws RegistryException {
    store(upstream, "team/app");

    var resolved = client.resolve(upstream.image("team/app:1"), Platform.LINUX_AMD64);

    assertThat(resolved.location().registry()).isEqualTo(upstream.host());
  }

  @Test
  void ignoresUnavailableMirror() throws RegistryException {
    store(upstream, "team/app");
    mirror.close();

    var resolved = client.resolve(upstream.image("team/app:1"), Platform.LINUX_AMD64);

    assertThat(resolved.location().registry()).isEqualTo(upstream.host());
  }

  @Test
  void reportsFailuresOfMirrors() {
    var missing = upstream.image("team/app:1");

    assertThatThrownBy(() -> client.resolve(missing, Platform.LINUX_AMD64))
        .hasMessageContaining("cannot read the manifest of " + missing + ": 404")
        .hasMessageContaining(
            "its mirrors failed before: cannot read the manifest of "
                + mirror.image("proxy/team/app:1"));
  }
}
