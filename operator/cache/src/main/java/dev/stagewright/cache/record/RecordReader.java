package dev.stagewright.cache.record;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.PrintableText;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads the artifacts of records. What {@link RecordWriter} did not write, or wrote in another
 * version, is invalid: a record decides which instructions do not run.
 */
public final class RecordReader {
  /** The largest manifest that registries have to accept. */
  private static final int LARGEST_MANIFEST = 4 * 1024 * 1024;

  private static final int LONGEST_REASON = 300;

  private RecordReader() {}

  /** Reads the manifest of a {@link StepRecord}. */
  public static ReadRecord<StepRecord> step(byte[] manifest) {
    return annotated(
        manifest, RecordKind.STEP, StepRecord.class, RecordRules::check, RecordWriter::blobs);
  }

  /** Reads the manifest of a {@link FilesRecord}. */
  public static ReadRecord<FilesRecord> files(byte[] manifest) {
    return annotated(
        manifest,
        RecordKind.FILES,
        FilesRecord.class,
        RecordRules::check,
        record -> List.of(record.files()));
  }

  /** Reads the manifest of an {@link ImageRecord}. */
  public static ReadRecord<ImageRecord> image(byte[] manifest) {
    return annotated(
        manifest,
        RecordKind.IMAGE,
        ImageRecord.class,
        RecordRules::check,
        _ -> List.of(RecordArtifact.EMPTY.descriptor()));
  }

  /** Reads the manifest of a {@link LatestRecord}: the blob that contains the record. */
  public static ReadRecord<Descriptor> latestBlob(byte[] manifest) {
    return read(() ->
        onlyBlob(manifest, RecordKind.LATEST, LatestJson.MEDIA_TYPE, LatestJson.LARGEST_BLOB));
  }

  /** Reads the manifest of a {@link ContentRecord}: the blob that contains the record. */
  public static ReadRecord<Descriptor> contentBlob(RecordKind kind, byte[] manifest) {
    return read(
        () -> onlyBlob(manifest, kind, ContentRecord.mediaType(kind), ContentRecord.LARGEST_BLOB));
  }

  private static Descriptor onlyBlob(
      byte[] manifest, RecordKind kind, String mediaType, long largest)
      throws MalformedDocumentException, UnusableException {
    var layers = manifest(manifest, kind).layers();
    require(
        layers.size() == 1 && layers.getFirst().mediaType().equals(mediaType),
        "has other blobs than a record");
    var blob = layers.getFirst();
    require(blob.size() > 0 && blob.size() <= largest, "has a blob that is too large");
    return blob;
  }

  /** Unpacks the blob of a {@link ContentRecord}, whose digest the caller has verified. */
  public static ReadRecord<byte[]> content(byte[] blob) {
    return read(() -> ContentRecord.unpack(blob));
  }

  /** Reads the blob of a {@link LatestRecord}, whose digest the caller has verified. */
  public static ReadRecord<LatestRecord> latest(byte[] blob) {
    return read(() -> LatestJson.read(blob));
  }

  private static <T extends Record> ReadRecord<T> annotated(
      byte[] bytes,
      RecordKind kind,
      Class<T> type,
      Consumer<T> rules,
      Function<T, List<Descriptor>> blobs) {
    return read(() -> {
      var manifest = manifest(bytes, kind);
      var json = manifest.annotations().get(RecordWriter.ANNOTATION);
      if (json == null) {
        throw new UnusableException("has no annotation " + RecordWriter.ANNOTATION);
      }
      var record = Json.read(json, type);
      rules.accept(record);
      require(manifest.layers().equals(blobs.apply(record)), "refers to other blobs than its JSON");
      return record;
    });
  }

  private static Manifest manifest(byte[] bytes, RecordKind kind)
      throws MalformedDocumentException, UnusableException {
    require(bytes.length <= LARGEST_MANIFEST, "is too large");
    var manifest = Manifest.parse(bytes);
    require(manifest.mediaType().equals(MediaTypes.MANIFEST), "is not an OCI manifest");
    require(
        manifest.artifactType().filter(kind.artifactType()::equals).isPresent(),
        "is of another type or version: "
            + manifest.artifactType().orElse("an artifact without a type"));
    require(manifest.config().equals(RecordArtifact.EMPTY.descriptor()), "has a config of its own");
    return manifest;
  }

  private static void require(boolean valid, String problem) throws UnusableException {
    if (!valid) {
      throw new UnusableException(problem);
    }
  }

  /** Reads a record or throws. */
  private interface Reading<T> {
    T read() throws MalformedDocumentException, UnusableException;
  }

  private static <T> ReadRecord<T> read(Reading<T> reading) {
    try {
      return new ReadRecord.Valid<>(reading.read());
    } catch (UnusableException e) {
      return invalid(String.valueOf(e.getMessage()));
    } catch (MalformedDocumentException
        | Json.MalformedJsonException
        // Of values: digests, numbers, and the rules above.
        | IllegalArgumentException
        | ArithmeticException e) {
      return invalid("is malformed: " + e.getMessage());
    }
  }

  private static <T> ReadRecord<T> invalid(String reason) {
    return new ReadRecord.Invalid<>(PrintableText.line(reason, LONGEST_REASON));
  }
}
