package dev.stagewright.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Termination;
import dev.stagewright.registry.auth.TokenCache;
import dev.stagewright.worker.registries.Clients;
import dev.stagewright.worker.registries.DestinationClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PublishedImageTest {
  private static final Digest OTHER = Digest.of(new byte[0]);

  @TempDir private Path directory;
  private final HarborStandIn harbor = HarborStandIn.start();
  private Digest published = OTHER;

  @BeforeEach
  void publish() throws IOException {
    var build = new ScriptedBuild(directory, harbor);
    build
        .then(() -> build.planned(ScriptedBuild.stage("s0", new StageBase.Scratch())))
        .then(() -> build.finished("s0"));
    published = ((Termination.Pushed) build.publish()).digest();
  }

  @AfterEach
  void stop() {
    harbor.close();
  }

  private boolean isPublished(Digest digest, String... tags) throws IOException {
    var request =
        Json.read(Files.readString(directory.resolve("request.json")), BuildRequest.class);
    var opener =
        new Clients(
            directory.resolve("secrets"),
            directory.resolve("none"),
            Map.of(),
            new TokenCache(Clock.systemUTC()));
    var repository = ImageReference.parse(harbor.host() + "/team/app:x");
    var references = List.of(tags).stream().map(repository::tagged).toList();
    try (var clients = DestinationClients.open(opener, request)) {
      return new PublishedImage(clients, references).is(digest);
    }
  }

  @Test
  void allTagsPointToTheImage() throws Exception {
    assertThat(isPublished(published, "1", "latest")).isTrue();
  }

  @Test
  void aTagIsMissing() throws Exception {
    assertThat(isPublished(published, "1", "2")).isFalse();
  }

  @Test
  void theTagsPointToAnotherImage() throws Exception {
    assertThat(isPublished(OTHER, "1", "latest")).isFalse();
  }

  @Test
  void theRegistryRejectsTheRequest() throws Exception {
    harbor.next("HEAD /v2/team/app/manifests/1", 403);

    assertThat(isPublished(published, "1", "latest")).isFalse();
  }
}
