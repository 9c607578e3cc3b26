package dev.stagewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.fake.FakeRegistry;
import dev.stagewright.registry.pull.Referrer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The artifacts that are attached to an image. */
class ReferrersTest {
  private static final String TYPE = "application/vnd.example.report.v1+json";
  private static final Digest IMAGE = Digest.of("image".getBytes(StandardCharsets.UTF_8));
  private static final Digest REPORT = Digest.of("report".getBytes(StandardCharsets.UTF_8));
  private static final String REFERRERS = "GET /v2/team/app/referrers/" + IMAGE;
  private static final String TAG =
      "GET /v2/team/app/manifests/" + IMAGE.toString().replace(':', '-');

  private final FakeRegistry registry = FakeRegistry.start();
  private final RegistryClient client = Clients.anonymous();

  @AfterEach
  void stop() {
    client.close();
    assertThat(registry.violations()).isEmpty();
    registry.close();
  }

  private List<Referrer> referrers() throws IOException {
    ImageReference image = registry.image("team/app").pinned(IMAGE);
    return client.referrers(image, TYPE);
  }

  private static String index(String artifactType) {
    return """
    {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
     "manifests": [
       {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "%s", "size": 7,
        "artifactType": "application/vnd.example.other"},
       {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "%s", "size": 6,
        "artifactType": "%s", "annotations": {"made": "today"}}]}
    """
        .formatted(IMAGE, REPORT, artifactType);
  }

  @Test
  void ofOneTypeAreListed() throws IOException {
    registry.next(
        REFERRERS,
        exchange -> {
          assertThat(exchange.query("artifactType")).containsExactly(TYPE);
          exchange.json(200, index(TYPE));
        });

    assertThat(referrers())
        .singleElement()
        .satisfies(referrer -> {
          assertThat(referrer.manifest().digest()).isEqualTo(REPORT);
          assertThat(referrer.annotations()).containsEntry("made", "today");
        });
  }

  @Test
  void areFoundByTagIfTheRegistryDoesNotSupportReferrers() throws IOException {
    registry.next(REFERRERS, exchange -> exchange.json(404, "{}"));
    registry.next(
        TAG,
        exchange ->
            exchange
                .with("Content-Type", "application/vnd.oci.image.index.v1+json")
                .json(200, index(TYPE)));

    assertThat(referrers()).extracting(referrer -> referrer.manifest().size()).containsExactly(6L);
  }

  @Test
  void ofAnImageWithoutAny() throws IOException {
    registry.next(REFERRERS, exchange -> exchange.json(404, "{}"));

    assertThat(referrers()).isEmpty();
    assertThat(registry.requests(TAG)).hasSize(1);
  }

  @Test
  void cannotBeMalformed() {
    registry.next(
        REFERRERS, exchange -> exchange.json(200, "{\"manifests\":[{\"digest\":\"x\"}]}"));

    assertThatThrownBy(this::referrers)
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("list the artifacts attached to");
  }
}
