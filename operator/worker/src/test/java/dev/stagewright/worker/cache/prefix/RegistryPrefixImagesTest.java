package dev.stagewright.worker.cache.prefix;

import static dev.stagewright.worker.cache.store.HarborCache.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerWriter;
import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.PrefixImage;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.registry.http.Content;
import dev.stagewright.stage.details.DetailsWriter;
import dev.stagewright.stage.diff.SnapshotDiffer;
import dev.stagewright.stage.files.ArchiveFormat;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.worker.cache.decision.PrefixImages.Known;
import dev.stagewright.worker.cache.store.CacheStore;
import dev.stagewright.worker.cache.store.HarborCache;
import dev.stagewright.worker.cache.store.RegistryCacheStore;
import dev.stagewright.worker.registries.SmallImage;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images of known steps in the repository of the cache. */
@Timeout(60)
class RegistryPrefixImagesTest {
  private static final int LARGE = (int) PrefixRules.SMALLEST_LAYERS + 1;
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901234Z");
  private static final CacheKey FIRST = key("RUN install");
  private static final CacheKey SECOND = key("RUN compile");
  private static final ContainerConfig CONFIG =
      ContainerConfig.EMPTY.withEnv(List.of("PATH=/bin", "LD_PRELOAD=/x.so")).withUser("app");

  @TempDir private Path directory;
  private final HarborCache cache = new HarborCache();
  private final RegistryCacheStore store = cache.open();
  private StageBase.Image base =
      new StageBase.Image("", name(), name(), List.of(), Set.of(), List.of());
  private final List<StageResult.Layer> layers = new ArrayList<>();
  private final List<Descriptor> details = new ArrayList<>();

  @BeforeEach
  void push() throws IOException {
    var image = SmallImage.create(directory.resolve("base"), "etc/passwd", "root", CONFIG);
    try (var client = cache.client()) {
      image.push(client, name());
      var digest = client.find(name()).orElseThrow().digest();
      var layer = new StageBase.BaseLayer(image.layer().blob(), image.layer().diffId());
      base =
          new StageBase.Image(
              "base", name().pinned(digest), name(), List.of(layer), Set.of("PATH"), List.of());
    }
  }

  @AfterEach
  void close() {
    store.close();
    cache.close();
  }

  private ImageReference name() {
    return ImageReference.parse(cache.harbor().host() + "/team/base:1");
  }

  private StagePlan stage() {
    return StagePlan.builder("s0", "app", new InstructionPosition("Dockerfile", 1, "FROM base"))
        .base(base)
        .steps(List.of())
        .build();
  }

  private RegistryPrefixImages images() throws IOException {
    return images(store);
  }

  private RegistryPrefixImages images(CacheStore images) throws IOException {
    var plan =
        BuildPlan.builder(Platform.LINUX_AMD64, List.of(stage()), "s0")
            .references(List.of(name()))
            .build();
    var scratch = Files.createDirectories(directory.resolve("scratch"));
    return new RegistryPrefixImages(plan, images, cache::client, scratch, cache.log());
  }

  /** Changes files. */
  @FunctionalInterface
  private interface Change {
    void make(Path root) throws IOException;
  }

  /** A step of an earlier build, which is recorded. */
  private void recorded(CacheKey key, Change change) throws IOException {
    var root = directory.resolve("root");
    Files.createDirectories(root.resolve("srv"));
    var blobs = Files.createDirectories(directory.resolve("blobs"));
    try (var files = RootFileSystem.open(root);
        var writer = LayerWriter.create(blobs, Compression.GZIP);
        var detailsWriter = DetailsWriter.create(blobs)) {
      var before = SnapshotDiffer.begin(files, blobs);
      change.make(root);
      before.writeChanges(writer.tar(), detailsWriter, Set.of());
      var layer = writer.finish();
      var digest = detailsWriter.finish();
      var file = blobs.resolve(digest.hex());
      details.add(new Descriptor(StepRecord.DETAILS, digest, Files.size(file)));
      layers.add(
          new StageResult.Layer(
              layers.size(), layer.blob(), layer.diffId(), Optional.of(digest), Optional.of(1L)));
      for (var blob : List.of(layer.blob(), details.getLast())) {
        var _ = store.ensure(blob, List.of(), Content.ofFile(blobs.resolve(blob.digest().hex())));
      }
    }
    store.put(key, new StepRecord("RUN", "team/app", cache.now(), 1, 1, layers, details));
  }

  private static void writeLarge(Path root) throws IOException {
    var bytes = new byte[LARGE];
    new Random(1).nextBytes(bytes);
    var file = Files.write(root.resolve("srv/large"), bytes);
    Files.setLastModifiedTime(file, FileTime.from(TIME));
  }

  private Known known(CacheKey... keys) {
    return new Known(stage(), layers, List.of(keys));
  }

  /** A build makes an image; the next one looks for it. */
  private Optional<PrefixImage> made(Known known) throws Exception {
    try (var images = images()) {
      images.make(known);
      images.finish(Duration.ofMinutes(1));
    }
    assertThat(cache.lines()).noneMatch(line -> line.contains("no image of known steps"));
    try (var later = images()) {
      return later.find(known);
    }
  }

  private Manifest manifest(PrefixImage image) throws Exception {
    try (var client = cache.client()) {
      return Manifest.parse(client.manifest(image.image()).orElseThrow().bytes());
    }
  }

  private ImageConfig config(Manifest manifest) throws Exception {
    try (var in = store.open(manifest.config())) {
      return ImageConfig.parse(in.readAllBytes());
    }
  }

  private List<TarEntry> entries(Descriptor layer) throws IOException {
    var entries = new ArrayList<TarEntry>();
    try (var in = store.open(layer)) {
      var tar = new TarReader(ArchiveFormat.decompress(in));
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        entries.add(entry.get());
      }
    }
    return entries;
  }

  @Test
  void imageStartsPodsLikeItsBase() throws Exception {
    recorded(FIRST, RegistryPrefixImagesTest::writeLarge);

    var image = made(known(FIRST)).orElseThrow();

    assertThat(image.layers()).isEqualTo(1);
    assertThat(image.image().name()).isEqualTo(cache.name().name());
    var manifest = manifest(image);
    var config = config(manifest);
    assertThat(config.config()).isEqualTo(CONFIG);
    assertThat(config.platform()).isEqualTo(Platform.LINUX_AMD64);
    assertThat(config.diffIds()).hasSize(2).startsWith(base.layers().getFirst().diffId());
    assertThat(manifest.layers()).hasSize(2).startsWith(base.layers().getFirst().blob());
    assertThat(manifest.artifactType()).isEmpty();
  }

  @Test
  void layersHaveExactTimes() throws Exception {
    recorded(FIRST, RegistryPrefixImagesTest::writeLarge);

    var image = made(known(FIRST)).orElseThrow();

    assertThat(entries(layers.getFirst().blob())).allMatch(entry -> entry.mtimeNanos() == 0);
    assertThat(entries(manifest(image).layers().getLast()))
        .filteredOn(entry -> entry.name().equals("srv/large"))
        .singleElement()
        .extracting(TarEntry::mtimeSeconds, TarEntry::mtimeNanos)
        .containsExactly(TIME.getEpochSecond(), TIME.getNano());
  }

  @Test
  void smallLayersHaveNoImage() throws Exception {
    recorded(FIRST, root -> Files.writeString(root.resolve("srv/small"), "small"));

    assertThat(made(known(FIRST))).isEmpty();
    assertThat(cache.lines()).isEmpty();
  }

  @Test
  void imageEndsBeforeALayerThatCannotBeExact() throws Exception {
    recorded(FIRST, RegistryPrefixImagesTest::writeLarge);
    recorded(
        SECOND,
        root -> {
          try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            var _ = socket.bind(UnixDomainSocketAddress.of(root.resolve("srv/socket")));
          }
        });

    assertThat(made(known(FIRST, SECOND))).map(PrefixImage::layers).contains(1);
  }

  @Test
  void imageOfMoreStepsSharesTheLayersOfFewer() throws Exception {
    recorded(FIRST, RegistryPrefixImagesTest::writeLarge);
    var one = manifest(made(known(FIRST)).orElseThrow());
    recorded(SECOND, root -> Files.writeString(root.resolve("srv/small"), "small"));
    var before = cache.requests(0).size();

    var two = made(known(FIRST, SECOND)).orElseThrow();

    assertThat(two.layers()).isEqualTo(2);
    assertThat(manifest(two).layers())
        .hasSize(3)
        .startsWith(one.layers().toArray(Descriptor[]::new));
    assertThat(cache.requests(before))
        .noneMatch(
            it -> it.contains("GET") && it.contains(layers.getFirst().blob().digest().hex()));
  }

  @Test
  void imageOfAnotherRunOfAStepIsNotUsed() throws Exception {
    recorded(FIRST, RegistryPrefixImagesTest::writeLarge);
    assertThat(made(known(FIRST))).isPresent();
    layers.clear();
    details.clear();
    recorded(
        FIRST,
        root -> {
          writeLarge(root);
          Files.writeString(root.resolve("srv/other"), "other");
        });

    try (var images = images()) {
      assertThat(images.find(known(FIRST))).isEmpty();
    }
  }

  @Test
  void readOnlyCacheHasNoImage() throws Exception {
    recorded(FIRST, RegistryPrefixImagesTest::writeLarge);

    try (var readOnly = cache.open(cache.request(true, false, Optional.empty()));
        var images = images(readOnly)) {
      images.make(known(FIRST));
      images.finish(Duration.ofMinutes(1));
      assertThat(images.find(known(FIRST))).isEmpty();
    }
  }
}
