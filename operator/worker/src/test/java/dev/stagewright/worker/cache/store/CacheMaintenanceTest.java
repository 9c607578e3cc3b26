package dev.stagewright.worker.cache.store;

import static dev.stagewright.worker.cache.store.HarborCache.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.PrefixRecord;
import dev.stagewright.cache.record.RecordInfo;
import dev.stagewright.cache.record.RecordKind;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.registry.http.Content;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a build does with records after its result was reported. */
class CacheMaintenanceTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final CacheKey KEY = key("image");
  private static final String TAG = RecordKind.IMAGE.tag(KEY);
  private static final ImageRecord IMAGE =
      new ImageRecord(0, Digest.of("an image".getBytes(StandardCharsets.UTF_8)));

  private final HarborCache cache = new HarborCache();
  private final Instant start = cache.instant();

  @AfterEach
  void stop() {
    cache.close();
  }

  private void put(CacheKey key) throws Exception {
    try (var store = cache.open()) {
      store.put(key, IMAGE);
    }
  }

  private String digest() {
    return cache.repository().digest(TAG).orElseThrow();
  }

  private RecordInfo info() {
    var artifact = cache.repository().artifact(TAG).orElseThrow();
    return RecordInfo.read(TAG, artifact.bytes()).orElseThrow();
  }

  @Nested
  class TheTimeOfTheLastUse {
    private void use() throws Exception {
      try (var store = cache.open()) {
        assertThat(store.image(KEY)).contains(IMAGE);
        store.maintain(LIMIT);
      }
    }

    @Test
    void isThatOfTheRecordAtFirst() throws Exception {
      put(KEY);
      assertThat(info().lastUsed()).isEqualTo(start);
    }

    @Test
    void isRenewedOnceADay() throws Exception {
      put(KEY);
      var first = digest();

      cache.setTime(start.plus(Duration.ofHours(24)));
      use();
      assertThat(digest()).isEqualTo(first);

      cache.setTime(start.plus(Duration.ofHours(25)));
      use();
      assertThat(info().lastUsed()).isEqualTo(start.plus(Duration.ofHours(25)));
    }

    @Test
    void isRenewedWithoutLeavingAManifestWithoutATag() throws Exception {
      cache.allow("repository:push", "repository:pull", "repository:delete");
      put(KEY);
      var first = digest();

      cache.setTime(start.plus(Duration.ofDays(2)));
      use();

      assertThat(cache.repository().artifact(first)).isEmpty();
      assertThat(info().lastUsed()).isEqualTo(start.plus(Duration.ofDays(2)));
    }

    @Test
    void isNotRenewedByALookUpWithoutMaintenance() throws Exception {
      put(KEY);
      cache.setTime(start.plus(Duration.ofDays(2)));
      var before = cache.requests(0).size();
      try (var store = cache.open()) {
        assertThat(store.image(KEY)).isPresent();
      }
      assertThat(cache.requests(before)).containsOnly("GET /v2/team/app/cache/manifests/" + TAG);
    }

    @Test
    void staysIfTheAccountMayNotWrite() throws Exception {
      put(KEY);
      cache.allow("repository:pull");
      cache.setTime(start.plus(Duration.ofDays(2)));
      use();
      assertThat(info().lastUsed()).isEqualTo(start);
      assertThat(cache.lines()).isEmpty();
    }

    @Test
    void staysIfTheCacheIsReadOnly() throws Exception {
      put(KEY);
      cache.setTime(start.plus(Duration.ofDays(2)));
      var before = cache.requests(0).size();
      try (var store = cache.open(cache.request(true, false, Optional.of(60L)))) {
        assertThat(store.image(KEY)).isPresent();
        store.maintain(LIMIT);
      }
      assertThat(cache.requests(before)).containsOnly("GET /v2/team/app/cache/manifests/" + TAG);
    }

    @Test
    void doesNotBringBackWhatAnotherBuildHasReplaced() throws Exception {
      put(KEY);
      cache.setTime(start.plus(Duration.ofDays(2)));
      try (var store = cache.open()) {
        assertThat(store.image(KEY)).isPresent();
        put(KEY);
        var newer = digest();
        store.maintain(LIMIT);
        assertThat(digest()).isEqualTo(newer);
      }
    }
  }

  @Test
  void aRecordThatThisBuildReplacesIsDeleted() throws Exception {
    cache.allow("repository:push", "repository:pull", "repository:delete");
    var tag = RecordKind.LATEST.tag(KEY);
    try (var store = cache.open()) {
      store.put(KEY, new LatestRecord("team/app", 1, List.of()));
    }
    var first = cache.repository().digest(tag).orElseThrow();
    try (var store = cache.open()) {
      assertThat(store.latest(KEY)).isPresent();
      store.put(KEY, new LatestRecord("team/app", 2, List.of()));
      store.maintain(LIMIT);
    }
    assertThat(cache.repository().artifact(first)).isEmpty();
    assertThat(cache.repository().digest(tag)).isPresent();
  }

  @Nested
  class ExpiredRecordsOfARepository {
    private void build(Duration ttl) throws Exception {
      try (var store = cache.open(cache.request(false, false, Optional.of(ttl.toSeconds())))) {
        store.maintain(LIMIT);
      }
    }

    @Test
    void areDeletedIfTheyWereNotUsedForTheTtl() throws Exception {
      cache.allow("repository:push", "repository:pull", "repository:delete");
      put(key("old"));
      cache.setTime(start.plus(Duration.ofDays(10)));
      put(key("new"));

      cache.setTime(start.plus(Duration.ofDays(16)));
      build(Duration.ofDays(14));

      assertThat(cache.repository().tags()).containsExactly(RecordKind.IMAGE.tag(key("new")));
      assertThat(cache.lines())
          .containsExactly(
              "cache: deleted 1 records that were not used since 2026-11-29T10:00:00Z");
    }

    /** The time of the last use may be a day old although the record was used since. */
    @Test
    void stayForADayLonger() throws Exception {
      cache.allow("repository:push", "repository:pull", "repository:delete");
      put(KEY);

      cache.setTime(start.plus(Duration.ofDays(15)));
      build(Duration.ofDays(14));

      assertThat(cache.repository().tags()).containsExactly(TAG);
    }

    @Test
    void stayWithoutATtl() throws Exception {
      put(KEY);
      cache.setTime(start.plus(Duration.ofDays(1000)));
      var before = cache.requests(0).size();
      try (var store = cache.open()) {
        store.maintain(LIMIT);
      }
      assertThat(cache.requests(before)).isEmpty();
    }

    @Test
    void stayInARegistryThatDoesNotAllowDeletion() throws Exception {
      put(key("a"));
      put(key("b"));
      cache.setTime(start.plus(Duration.ofDays(16)));

      build(Duration.ofDays(14));

      assertThat(cache.repository().tags()).hasSize(2);
      assertThat(cache.lines())
          .singleElement()
          .asString()
          .startsWith("cache: expired records are not deleted: cannot delete ");
    }

    /** A manifest is deleted with all its tags. */
    @Test
    void stayIfTheirManifestHasTheTagOfAnother() throws Exception {
      cache.allow("repository:push", "repository:pull", "repository:delete");
      put(KEY);
      var manifest = cache.repository().artifact(TAG).orElseThrow().bytes();
      var copy = cache.name().tagged(RecordKind.IMAGE.tag(key("a copy")));
      try (var client = cache.client()) {
        var _ = client.pusher(copy).pushManifest(copy, MediaTypes.MANIFEST, manifest);
      }
      cache.setTime(start.plus(Duration.ofDays(1)));
      put(KEY);
      cache.setTime(start.plus(Duration.ofDays(15)).plusSeconds(1));

      build(Duration.ofDays(14));

      assertThat(cache.repository().tags()).hasSize(2);
    }

    @Test
    void areLookedAtInPortions() throws Exception {
      for (var i = 0; i < ExpiredRecords.SAMPLE + 10; i++) {
        put(key("image " + i));
      }
      var before = cache.requests(0).size();

      build(Duration.ofDays(14));

      assertThat(cache.requests(before))
          .filteredOn(line -> line.startsWith("GET /v2/team/app/cache/manifests/"))
          .hasSize(ExpiredRecords.SAMPLE);
    }

    private static final StepRecord STEP =
        new StepRecord("RUN make", "team/app", 1, 1, 1, List.of(layer()), List.of());

    private static StageResult.Layer layer() {
      var blob = blob(MediaTypes.LAYER_GZIP);
      return new StageResult.Layer(0, blob, blob.digest(), Optional.empty(), Optional.of(1L));
    }

    private static Descriptor blob(String type) {
      return new Descriptor(type, Digest.of(new byte[] {1}), 1);
    }

    /** A step, and the image that Pods start from if it is known. */
    private void putPrefixImage() throws Exception {
      try (var store = cache.open()) {
        var _ = store.ensure(blob(""), List.of(), Content.of(new byte[] {1}));
        store.put(KEY, STEP);
        var own = layer();
        var record =
            new PrefixRecord(
                "RUN make",
                "team/app",
                List.of(
                    new PrefixRecord.Layer(
                        own.blob().digest(), Optional.empty(), own.blob(), own.diffId())));
        store.putPrefixImage(
            KEY,
            record.in(Manifest.of(blob(MediaTypes.CONFIG), List.of(own.blob()))),
            new byte[] {1});
      }
    }

    private List<String> kinds() {
      return cache.repository().tags().stream()
          .map(tag -> tag.substring(0, tag.indexOf('-')))
          .toList();
    }

    @Test
    void areDeletedWithTheirPrefixImages() throws Exception {
      cache.allow("repository:push", "repository:pull", "repository:delete");
      putPrefixImage();

      cache.setTime(start.plus(Duration.ofDays(15)).plusSeconds(1));
      build(Duration.ofDays(14));

      assertThat(kinds()).isEmpty();
    }

    @Test
    void stayWithTheirPrefixImagesIfTheyAreUsed() throws Exception {
      cache.allow("repository:push", "repository:pull", "repository:delete");
      putPrefixImage();
      var image = cache.repository().digest(RecordKind.PREFIX.tag(KEY));

      cache.setTime(start.plus(Duration.ofDays(10)));
      try (var store = cache.open()) {
        assertThat(store.step(KEY)).isPresent();
        assertThat(store.prefixImage(KEY)).isPresent();
        store.maintain(LIMIT);
      }
      cache.setTime(start.plus(Duration.ofDays(16)));
      build(Duration.ofDays(14));

      assertThat(kinds()).containsExactly("prefix", "step");
      assertThat(cache.repository().digest(RecordKind.PREFIX.tag(KEY)))
          .as("nodes that have the image know its digest")
          .isEqualTo(image);
    }

    @Test
    void stayAtOnceIfAPodIsGoingToStartFromTheirPrefixImage() throws Exception {
      cache.allow("repository:push", "repository:pull", "repository:delete");
      putPrefixImage();

      cache.setTime(start.plus(Duration.ofDays(16)));
      try (var store = cache.open()) {
        assertThat(store.step(KEY)).isPresent();
        assertThat(store.markUsed(KEY)).isTrue();
        assertThat(store.markUsed(KEY)).as("once a day").isFalse();
        build(Duration.ofDays(14));
        assertThat(kinds()).containsExactly("prefix", "step");
        store.maintain(LIMIT);
      }
      assertThat(kinds()).containsExactly("prefix", "step");
    }

    /** The time of the last use may be a day old although a Pod is about to start. */
    @Test
    void prefixImagesStayForTwoDays() throws Exception {
      cache.allow("repository:push", "repository:pull", "repository:delete");
      putPrefixImage();

      cache.setTime(start.plus(Duration.ofDays(2)));
      build(Duration.ofHours(1));
      assertThat(kinds()).containsExactly("prefix");

      cache.setTime(start.plus(Duration.ofDays(2)).plusSeconds(1));
      build(Duration.ofHours(1));
      assertThat(kinds()).isEmpty();
    }

    @Test
    void areNotMarkedIfTheCacheIsReadOnly() throws Exception {
      putPrefixImage();
      cache.setTime(start.plus(Duration.ofDays(2)));
      try (var store = cache.open(cache.request(true, false, Optional.empty()))) {
        assertThat(store.step(KEY)).isPresent();
        assertThat(store.markUsed(KEY)).isFalse();
      }
    }

    @Test
    void areNotDeletedWithoutTime() throws Exception {
      cache.allow("repository:push", "repository:pull", "repository:delete");
      put(KEY);
      cache.setTime(start.plus(Duration.ofDays(16)));
      try (var store = cache.open(cache.request(false, false, Optional.of(60L)))) {
        store.maintain(Duration.ZERO);
      }
      assertThat(cache.repository().tags()).hasSize(1);
    }
  }
}
