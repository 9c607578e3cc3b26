package dev.stagewright.cache.record;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes records as OCI artifacts. The JSON of a record is an annotation of its manifest, so one
 * request reads a record; only that of {@link LatestRecord} is a blob of its own, since it is
 * large.
 */
public final class RecordWriter {
  /** The annotation with the JSON of a record. */
  static final String ANNOTATION = "dev.stagewright.cache.record";

  private RecordWriter() {}

  /**
   * The artifact of a record.
   *
   * @throws IllegalArgumentException if the record is one that {@link RecordReader} does not read
   */
  public static RecordArtifact write(StepRecord record) {
    RecordRules.check(record);
    return annotated(RecordKind.STEP, record, blobs(record));
  }

  /** The blobs that the artifact of a record refers to. */
  static List<Descriptor> blobs(StepRecord record) {
    return Stream.concat(
            record.layers().stream().map(StageResult.Layer::blob), record.details().stream())
        .toList();
  }

  /**
   * The artifact of a record.
   *
   * @throws IllegalArgumentException if the record is one that {@link RecordReader} does not read
   */
  public static RecordArtifact write(FilesRecord record) {
    RecordRules.check(record);
    return annotated(RecordKind.FILES, record, List.of(record.files()));
  }

  /** The artifact of a record. */
  public static RecordArtifact write(ImageRecord record) {
    RecordRules.check(record);
    // OCI recommends this blob for an artifact without content.
    return annotated(RecordKind.IMAGE, record, List.of(RecordArtifact.EMPTY.descriptor()));
  }

  /** The artifact of a record, which loses details if it is too large. */
  public static RecordArtifact write(LatestRecord record) {
    var json = RecordArtifact.Blob.of(LatestJson.MEDIA_TYPE, LatestJson.write(record));
    var summary =
        new RecordSummary(
            Optional.empty(), Optional.of(record.build()), Optional.of(record.created()));
    return new RecordArtifact(
        manifest(RecordKind.LATEST, List.of(json.descriptor()))
            .withAnnotations(Map.of(ANNOTATION, Json.write(summary))),
        List.of(RecordArtifact.EMPTY, json));
  }

  /** The artifact of a record of this kind. */
  public static RecordArtifact write(RecordKind kind, ContentRecord record) {
    var content = RecordArtifact.Blob.of(ContentRecord.mediaType(kind), record.packed());
    var summary =
        new RecordSummary(Optional.empty(), Optional.empty(), Optional.of(record.created()));
    return new RecordArtifact(
        manifest(kind, List.of(content.descriptor()))
            .withAnnotations(Map.of(ANNOTATION, Json.write(summary))),
        List.of(RecordArtifact.EMPTY, content));
  }

  private static RecordArtifact annotated(RecordKind kind, Record record, List<Descriptor> blobs) {
    return new RecordArtifact(
        manifest(kind, blobs).withAnnotations(Map.of(ANNOTATION, Json.write(record))),
        List.of(RecordArtifact.EMPTY));
  }

  private static Manifest manifest(RecordKind kind, List<Descriptor> blobs) {
    return Manifest.of(RecordArtifact.EMPTY.descriptor(), blobs)
        .withArtifactType(kind.artifactType());
  }
}
