package dev.stagewright.cache.record;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A record as an OCI artifact. The blobs of {@link #content} have to be in the repository before
 * the manifest is, and so have the other blobs that the manifest refers to.
 *
 * @param manifest manifest to put with the tag of the record
 * @param content small blobs that only the record has
 */
public record RecordArtifact(Manifest manifest, List<Blob> content) {
  /** The empty object, which OCI defines as the config of artifacts that need none. */
  public static final Blob EMPTY = Blob.of(MediaTypes.EMPTY, "{}".getBytes(StandardCharsets.UTF_8));

  /** Returns the artifact of the record with this tag, which is made now. */
  public RecordArtifact marked(String tag, Instant now) {
    return new RecordArtifact(RecordUse.marked(manifest, tag, now), content);
  }

  /**
   * A blob with its bytes.
   *
   * @param bytes not to be modified
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Blob(Descriptor descriptor, byte[] bytes) {
    static Blob of(String mediaType, byte[] bytes) {
      return new Blob(new Descriptor(mediaType, Digest.of(bytes), bytes.length), bytes);
    }
  }
}
