package dev.stagewright.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.ContentRecord;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.PrefixRecord;
import dev.stagewright.cache.record.RecordArtifact;
import dev.stagewright.cache.record.RecordKind;
import dev.stagewright.cache.record.RecordUse;
import dev.stagewright.cache.record.RecordWriter;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.auth.MalformedCredentialsException;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code cache ls} and {@code cache prune}, with the account of docker login. */
class CacheCommandTest {
  private static final String SECRET = "a-secret";

  @TempDir private Path home;
  private final HarborStandIn harbor = HarborStandIn.start();
  private final String formerHome = System.getProperty("user.home");
  private final ImageReference repository = ImageReference.parse(harbor.host() + "/team/app/cache");

  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void createRecords() throws Exception {
    harbor.world().project("team");
    allow("repository:pull", "repository:push", "repository:delete");
    var docker = Files.createDirectory(home.resolve(".docker")).resolve("config.json");
    var auth =
        Base64.getEncoder()
            .encodeToString(("robot$user:" + SECRET).getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        docker, "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(harbor.host(), auth));
    System.setProperty("user.home", home.toString());
    try (var client = client()) {
      put(client, RecordKind.STEP, "lower", daysAgo(30), daysAgo(2), "COPY . .", 1_000_000);
      put(client, RecordKind.STEP, "upper", daysAgo(30), daysAgo(20), "RUN make", 2_000_000);
      put(client, RecordKind.IMAGE, "image", daysAgo(1), daysAgo(1), "", 0);
      put(client, RecordKind.LATEST, "latest", daysAgo(30), daysAgo(20), "", 0);
    }
  }

  private RegistryClient client() throws IOException {
    try {
      return RegistryClient.create(
          RegistryHosts.defaults(),
          Credentials.parse("config", Files.readAllBytes(home.resolve(".docker/config.json"))));
    } catch (MalformedCredentialsException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CacheKey key(String name) {
    return new CacheKey(Digest.of(name.getBytes(StandardCharsets.UTF_8)));
  }

  private void allow(String... rights) {
    harbor.world().systemRobot("user", SECRET, rights);
  }

  private static Instant daysAgo(int days) {
    return Instant.now().minus(Duration.ofDays(days)).minusSeconds(60);
  }

  private void put(
      RegistryClient client,
      RecordKind kind,
      String name,
      Instant created,
      Instant used,
      String instruction,
      int size)
      throws IOException {
    var key = key(name);
    var tag = kind.tag(key);
    var artifact =
        (switch (kind) {
              case STEP -> step(client, created, instruction, size);
              case LATEST ->
                  RecordWriter.write(
                      new LatestRecord("team/app", created.getEpochSecond(), List.of()));
              case LAYER, CHECKS ->
                  RecordWriter.write(
                      kind, new ContentRecord(created.getEpochSecond(), new byte[size]));
              case IMAGE, FILES, PREFIX ->
                  RecordWriter.write(new ImageRecord(created.getEpochSecond(), key.digest()));
            })
            .marked(tag, used);
    for (var blob : artifact.content()) {
      var _ =
          client.pusher(repository).ensure(blob.descriptor(), List.of(), Content.of(blob.bytes()));
    }
    var manifest = artifact.manifest();
    var _ =
        client
            .pusher(repository)
            .pushManifest(repository.tagged(tag), manifest.mediaType(), manifest.bytes());
  }

  private RecordArtifact step(RegistryClient client, Instant created, String instruction, int size)
      throws IOException {
    var bytes = new byte[size];
    var blob = new Descriptor(MediaTypes.LAYER_GZIP, Digest.of(bytes), size);
    var _ = client.pusher(repository).ensure(blob, List.of(), Content.of(bytes));
    var time = created.getEpochSecond();
    var layer = new StageResult.Layer(0, blob, blob.digest(), Optional.empty(), Optional.of(time));
    return RecordWriter.write(
        new StepRecord(instruction, "team/app", time, 10, 10, List.of(layer), List.of()));
  }

  @AfterEach
  void stop() {
    System.setProperty("user.home", formerHome);
    harbor.close();
  }

  private static Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode =
        StagewrightCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }

  private Result prune(String... options) {
    return run(
        Stream.concat(Stream.of("cache", "prune", "-R", repository.name()), Stream.of(options))
            .toArray(String[]::new));
  }

  private List<String> kinds() {
    return harbor.world().project("team").repository("app/cache").tags().stream()
        .map(tag -> tag.substring(0, tag.indexOf('-')))
        .toList();
  }

  @Test
  void listsRecordsInTheOrderOfTheirUse() {
    var result = run("cache", "ls", "--repository", repository.name());

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo(repository.name()),
            line -> assertThat(line).isEqualTo("KIND|CREATED|LAST USED|SIZE|BUILD|INSTRUCTION"),
            line -> assertThat(line).startsWith("image|-|1d|"),
            line ->
                assertThat(line).matches("step\\|30d\\|2d\\|1\\.0 MB\\|team/app\\|COPY \\. \\."),
            line -> assertThat(line).matches("latest\\|30d\\|20d\\|.*\\|team/app\\|-"),
            line -> assertThat(line).matches("step\\|30d\\|20d\\|2\\.0 MB\\|team/app\\|RUN make"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "4 records (2 step, 0 files, 1 image, 1 latest, 0 prefix, 0 layer, 0 checks), 3.0 MB"));
  }

  @Test
  void listsRecordsAsJson() {
    var result = run("cache", "ls", "-R", repository.name(), "-o", "json");

    assertThat(result.out())
        .contains("\"repository\" : \"" + repository.name() + "\"")
        .contains("\"instruction\" : \"RUN make\"")
        .contains("\"lastUsed\" : \"");
  }

  @Test
  void deletesRecordsThatWereNotUsed() {
    var result = prune("--unused-for", "14d", "--yes");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualToIgnoringNewLines(
            "deleted 2 records; 2.0 MB are freed when the registry collects garbage, unless images"
                + " use them\n");
    assertThat(kinds()).containsExactly("image", "step");
  }

  @Test
  void deletesRecordsThatAreOld() {
    assertThat(prune("--older-than", "3w", "-y").exitCode()).isZero();
    assertThat(kinds()).containsExactly("image");
  }

  @Test
  void deletesAllRecords() {
    assertThat(prune("--all", "--yes").exitCode()).isZero();
    assertThat(kinds()).isEmpty();
    assertThat(prune("--all", "--yes").out()).startsWith("nothing to delete in ");
  }

  /** A prefix image for the step with this name. */
  private void putPrefixImage(String step, Instant made) throws IOException {
    var config = new byte[] {'{', '}'};
    var layer = new byte[3_000_000];
    var base = new byte[4_000_000];
    try (var client = client()) {
      var blobs =
          Stream.of(base, layer)
              .map(bytes -> new Descriptor(MediaTypes.LAYER_GZIP, Digest.of(bytes), bytes.length))
              .toList();
      var ofConfig = new Descriptor(MediaTypes.CONFIG, Digest.of(config), config.length);
      var pusher = client.pusher(repository);
      var _ = pusher.ensure(ofConfig, List.of(), Content.of(config));
      var _ = pusher.ensure(blobs.getFirst(), List.of(), Content.of(base));
      var _ = pusher.ensure(blobs.getLast(), List.of(), Content.of(layer));
      var own = blobs.getLast();
      var record =
          new PrefixRecord(
              "RUN npm ci",
              "team/app",
              List.of(new PrefixRecord.Layer(own.digest(), Optional.empty(), own, own.digest())));
      var tag = RecordKind.PREFIX.tag(key(step));
      var manifest = RecordUse.marked(record.in(Manifest.of(ofConfig, blobs)), tag, made);
      var _ = pusher.pushManifest(repository.tagged(tag), manifest.mediaType(), manifest.bytes());
    }
  }

  @Test
  void listsPrefixImagesWithTheUseOfTheirStep() throws Exception {
    putPrefixImage("lower", daysAgo(25));

    assertThat(run("cache", "ls", "-R", repository.name()).out().lines())
        .map(line -> line.replaceAll(" {2,}", "|"))
        .contains("prefix|25d|2d|3.0 MB|team/app|RUN npm ci")
        .contains(
            "5 records (2 step, 0 files, 1 image, 1 latest, 1 prefix, 0 layer, 0 checks), 6.0 MB");
  }

  @Test
  void deletesPrefixImagesThatWereNotUsed() throws Exception {
    putPrefixImage("upper", daysAgo(25));
    putPrefixImage("without a record", daysAgo(25));

    assertThat(prune("--unused-for", "14d", "--yes").out())
        .startsWith("deleted 4 records; 5.0 MB are freed ");
    assertThat(kinds()).containsExactly("image", "step");
  }

  @Test
  void prefixImagesThatPodsMayStartFromStay() throws Exception {
    putPrefixImage("upper", daysAgo(25));
    putPrefixImage("new", daysAgo(1));
    try (var client = client()) {
      put(client, RecordKind.STEP, "upper", daysAgo(30), daysAgo(1), "RUN make", 2_000_000);
    }

    assertThat(prune("--older-than", "3w", "--yes").out())
        .startsWith(
            "1 prefix images stay: they were used in the last 2 days, and Pods may start from"
                + " them");
    assertThat(kinds()).containsExactly("image", "prefix", "prefix");
  }

  @Test
  void onlyListsInADryRun() {
    var result = prune("--unused-for", "14d", "--dry-run");

    assertThat(result.out()).contains("RUN make", "2 records would be deleted, 2.0 MB");
    assertThat(kinds()).hasSize(4);
  }

  @Test
  void asksBeforeItDeletes() {
    var former = System.in;
    try {
      System.setIn(new ByteArrayInputStream("n\n".getBytes(StandardCharsets.UTF_8)));
      var result = prune("--all");
      assertThat(result.out())
          .contains("Delete 4 records (3.0 MB) of " + repository.name() + "? [y/N] ")
          .contains("nothing was deleted");
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(kinds()).hasSize(4);

      System.setIn(new ByteArrayInputStream("y\n".getBytes(StandardCharsets.UTF_8)));
      assertThat(prune("--all").exitCode()).isZero();
      assertThat(kinds()).isEmpty();
    } finally {
      System.setIn(former);
    }
  }

  @Test
  void saysThatTheAccountMayNotDelete() {
    allow("repository:pull", "repository:push");

    var result = prune("--all", "--yes");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).startsWith("cannot delete " + repository.name() + "@sha256:");
    assertThat(kinds()).hasSize(4);
  }

  @Test
  void requiresACondition() {
    assertThat(prune().exitCode()).isEqualTo(2);
    assertThat(prune("--all", "--older-than", "3d").exitCode()).isEqualTo(2);
    assertThat(prune("--older-than", "3").err()).contains("14d");
    assertThat(run("cache", "ls").err()).contains("name either a BUILD or a cache");
  }

  @Test
  void aRepositoryThatDoesNotExistHasNoRecords() {
    var result = run("cache", "ls", "-R", harbor.host() + "/team/other");

    assertThat(result.out())
        .endsWith(
            "0 records (0 step, 0 files, 0 image, 0 latest, 0 prefix, 0 layer, 0 checks), 0 B\n");
  }
}
