package dev.stagewright.cache.record;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.protocol.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A record as it is listed: what it is, and when it was made and used. Records that cannot be used
 * any more, for example those of other versions, are listed, too.
 *
 * @param tag tag of the record
 * @param digest digest of the manifest
 * @param ownsManifest whether no other tag points to the manifest, so that it can be deleted
 * @param kind kind of the record
 * @param instruction text of the instruction; empty for other records than those of steps, and
 *     prefix images, which have that of their last step
 * @param build namespace and name of the ImageBuild that made it, or the last step of a prefix
 *     image; empty if it is not known
 * @param created when it was made; for an image the time in its config
 * @param lastUsed when it was made or used last; exact to one day. A prefix image is only used
 *     together with the record of its last step.
 * @param manifestSize size of the manifest in bytes
 * @param blobs blobs that the record refers to; for a prefix image, without the layers of its base,
 *     which usually are those of another image
 */
public record RecordInfo(
    String tag,
    Digest digest,
    boolean ownsManifest,
    RecordKind kind,
    Optional<String> instruction,
    Optional<String> build,
    Instant created,
    Instant lastUsed,
    long manifestSize,
    List<Descriptor> blobs) {
  /** Copies the list. */
  public RecordInfo {
    blobs = List.copyOf(blobs);
  }

  /**
   * Reads the manifest of a tag.
   *
   * @return empty if it is not a record, so that it must not be deleted
   */
  public static Optional<RecordInfo> read(String tag, byte[] bytes) {
    try {
      var manifest = Manifest.parse(bytes);
      return RecordKind.ofTag(tag)
          .filter(kind -> kind.isOf(manifest))
          .flatMap(kind -> read(tag, kind, manifest, bytes));
    } catch (MalformedDocumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<RecordInfo> read(
      String tag, RecordKind kind, Manifest manifest, byte[] bytes) {
    var summary = summary(kind, manifest);
    var created = summary.created().map(Instant::ofEpochSecond);
    var lastUsed = RecordUse.lastUsed(manifest).or(() -> created);
    return lastUsed.map(time ->
        new RecordInfo(
            tag,
            Digest.of(bytes),
            RecordUse.isOnlyOf(manifest, tag),
            kind,
            summary.instruction(),
            summary.build(),
            created.orElse(time),
            time,
            bytes.length,
            kind == RecordKind.PREFIX ? ofImage(manifest) : blobs(manifest)));
  }

  private static List<Descriptor> blobs(Manifest manifest) {
    return manifest.layers().stream()
        .filter(blob -> !blob.equals(RecordArtifact.EMPTY.descriptor()))
        .toList();
  }

  private static List<Descriptor> ofImage(Manifest manifest) {
    var ofSteps =
        PrefixRecord.read(manifest)
            .map(record -> record.layers().stream().map(PrefixRecord.Layer::blob).toList())
            .orElse(manifest.layers());
    return Stream.concat(Stream.of(manifest.config()), ofSteps.stream()).toList();
  }

  /**
   * The tag of the record with which this one is used; empty if its own manifest has the time of
   * its use. The manifest of a prefix image stays as it is, so that nodes know its digest.
   */
  public Optional<String> usedWith() {
    return kind == RecordKind.PREFIX ? Optional.of(RecordKind.STEP.tagLike(tag)) : Optional.empty();
  }

  /** This record, which is used whenever another one is. */
  public RecordInfo usedWith(RecordInfo other) {
    return new RecordInfo(
        tag,
        digest,
        ownsManifest,
        kind,
        instruction,
        build,
        created,
        lastUsed.isBefore(other.lastUsed) ? other.lastUsed : lastUsed,
        manifestSize,
        blobs);
  }

  private static RecordSummary summary(RecordKind kind, Manifest manifest) {
    var annotation = kind == RecordKind.PREFIX ? PrefixRecord.ANNOTATION : RecordWriter.ANNOTATION;
    try {
      return Optional.ofNullable(manifest.annotations().get(annotation))
          .map(json -> Json.read(json, RecordSummary.class))
          .orElse(RecordSummary.UNKNOWN);
    } catch (Json.MalformedJsonException _) {
      return RecordSummary.UNKNOWN;
    }
  }

  /**
   * The size of what the record adds to the records before it, in bytes: the layer of a step, or
   * the files of a stage, and the manifest. A prefix image has layers of its own.
   */
  public long size() {
    return manifestSize
        + switch (kind) {
          case STEP ->
              blobs.reversed().stream()
                  .filter(blob -> !blob.mediaType().equals(StepRecord.DETAILS))
                  .limit(1)
                  .mapToLong(Descriptor::size)
                  .sum();
          case FILES, IMAGE, LATEST, PREFIX, LAYER, CHECKS ->
              blobs.stream().mapToLong(Descriptor::size).sum();
        };
  }
}
