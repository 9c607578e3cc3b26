package dev.stagewright.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.auth.TokenCache;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.registries.Clients;
import dev.stagewright.worker.registries.DestinationClients;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImagePublicationTest {
  private static final StagePlan STAGE = ScriptedBuild.stage("s0", new StageBase.Scratch());
  private static final Optional<ImageRecord> UNKNOWN = Optional.empty();

  @TempDir private Path directory;
  private final HarborStandIn harbor = HarborStandIn.start();
  private Optional<HarborOptions> options = Optional.empty();

  @BeforeEach
  void build() throws IOException {
    var build = new ScriptedBuild(directory, harbor);
    build.planned(STAGE);
    build.finished("s0");
  }

  @AfterEach
  void stop() {
    harbor.close();
  }

  /** Publishes the image of the stage, whose step ran at a fixed time. */
  private Termination publish(Optional<ImageRecord> known)
      throws IOException, InterruptedException, MalformedDocumentException {
    var request =
        Json.read(Files.readString(directory.resolve("request.json")), BuildRequest.class);
    var plan =
        Json.read(
            Files.readString(directory.resolve("workspace/worker/3/plan.json")), BuildPlan.class);
    var log =
        new Log(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    var opener =
        new Clients(
            directory.resolve("secrets"),
            directory.resolve("none"),
            Map.of(),
            new TokenCache(Clock.systemUTC()));
    var results = new StageResults(directory.resolve("workspace"), _ -> {});
    try (var clients = DestinationClients.open(opener, request);
        var baseClient = RegistryClient.create(RegistryHosts.defaults(), Credentials.none());
        var tasks = new TaskScope(1)) {
      var blobs = Blobs.of(plan.references(), baseClient, results, Optional.empty());
      var uploads = new BlobUploads(blobs, clients, new LongAdder(), log);
      var clock = InstantSource.system();
      var layers = new LayerUploads(tasks, CompletableFuture.completedFuture(true), uploads, clock);
      var image =
          new ImageAssembly(
                  plan,
                  results.read(plan.chain()),
                  new CreationTime(Instant.ofEpochSecond(1000), false),
                  ImageFormat.OCI,
                  Annotations.of(request))
              .assemble();
      return new ImagePublication(
              request.output().withHarbor(options), clients, uploads, layers, clock, log)
          .run(image, new PublishedImage(clients, plan.references()), known);
    }
  }

  private static Optional<ImageRecord> record(Digest manifest) {
    return Optional.of(new ImageRecord(1000, manifest));
  }

  private Digest pushed() throws Exception {
    return ((Termination.Pushed) publish(UNKNOWN)).digest();
  }

  @Test
  void anImageThatIsPublishedIsNotPushedAgain() throws Exception {
    var digest = pushed();
    var writes = harbor.seen("PUT").size() + harbor.seen("POST").size();

    var second = (Termination.Pushed) publish(record(digest));

    assertThat(second.isUnchanged()).isTrue();
    assertThat(second.digest()).isEqualTo(digest);
    assertThat(second.layers()).isEqualTo(1);
    assertThat(second.uploadedBytes()).isZero();
    assertThat(harbor.seen("PUT").size() + harbor.seen("POST").size()).isEqualTo(writes);
  }

  @Test
  void anImageIsPushedAgainIfATagWasMoved() throws Exception {
    var digest = pushed();
    var repository = harbor.world().project("team").repository("app");
    repository.remove("latest");

    assertThat(((Termination.Pushed) publish(record(digest))).isUnchanged()).isFalse();
    assertThat(repository.digest("latest")).contains(digest.toString());
  }

  @Test
  void anotherImageIsPushed() throws Exception {
    var _ = pushed();

    assertThat(((Termination.Pushed) publish(record(Digest.of(new byte[0])))).isUnchanged())
        .isFalse();
  }

  @Test
  void withoutARecordTheTagsAreNotLookedAt() throws Exception {
    var _ = pushed();

    assertThat(harbor.seen("HEAD /v2/team/app/manifests/")).isEmpty();
  }

  @Test
  void anUnchangedImageGetsTheRequestedLabels() throws Exception {
    var digest = pushed();
    var label = harbor.world().label("nightly");
    harbor
        .world()
        .systemRobot(
            "builder",
            "a-secret-of-a-robot",
            "repository:push",
            "repository:pull",
            "project:read",
            "label:list",
            "label:read",
            "artifact:read",
            "artifact:list",
            "artifact-label:create");
    options =
        Optional.of(
            new HarborOptions(false, List.of("nightly"), false, Optional.empty(), false, 60));

    assertThat(((Termination.Pushed) publish(record(digest))).isUnchanged()).isTrue();
    var artifact = harbor.world().project("team").repository("app").artifact("1").orElseThrow();
    assertThat(artifact.labels()).containsExactly(label);
  }
}
