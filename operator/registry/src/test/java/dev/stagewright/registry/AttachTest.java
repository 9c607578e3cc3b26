package dev.stagewright.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.registry.fake.FakeRegistry;
import dev.stagewright.registry.pull.Referrer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Artifacts that are attached to images. */
class AttachTest {
  private static final String TYPE = "application/vnd.example.report.v1+json";
  private static final Descriptor SUBJECT = new Descriptor(MediaTypes.MANIFEST, digest("image"), 5);
  private static final String TAG = SUBJECT.digest().toString().replace(':', '-');

  private final FakeRegistry registry = FakeRegistry.start();
  private final RegistryClient client = Clients.anonymous();

  @AfterEach
  void stop() {
    client.close();
    assertThat(registry.violations()).isEmpty();
    registry.close();
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private ImageReference image() {
    return registry.image("team/app").pinned(SUBJECT.digest());
  }

  private Manifest attach(String name) throws IOException {
    var artifact =
        Manifest.of(new Descriptor(MediaTypes.EMPTY, digest("{}"), 2), List.of())
            .withArtifactType(TYPE)
            .withSubject(SUBJECT)
            .withAnnotations(Map.of("name", name));
    client.pusher(image()).attach(artifact, SUBJECT.digest());
    return artifact;
  }

  private List<String> attached() throws IOException {
    return client.referrers(image(), TYPE).stream()
        .map(Referrer::annotations)
        .map(annotations -> annotations.get("name"))
        .toList();
  }

  @Test
  void areListedByTagIfTheRegistryDoesNotListThem() throws IOException {
    var first = attach("first");
    var _ = attach("second");
    var _ = attach("first");

    assertThat(attached()).containsExactly("first", "second");
    assertThat(new String(first.bytes(), StandardCharsets.UTF_8))
        .contains("\"subject\":{\"digest\":\"" + SUBJECT.digest());
  }

  @Test
  void haveNoTagIfTheRegistryListsThem() throws IOException {
    registry.next(
        "PUT /v2/team/app/manifests/sha256:",
        exchange -> exchange.with("OCI-Subject", SUBJECT.digest().toString()).answer(201));

    var _ = attach("first");

    assertThat(registry.requests("PUT /v2/team/app/manifests/" + TAG)).isEmpty();
  }
}
