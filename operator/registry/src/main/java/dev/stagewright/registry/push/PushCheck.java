package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds out whether a repository takes pushes, by pushing the smallest blob that there is: the
 * empty JSON object that the OCI image specification defines for such uses. No other question is
 * answered by every registry; and only so do all rules show that there are, from rights to quotas
 * and projects that take no pushes. An upload that were only begun would stay open where the
 * account may not delete.
 */
public final class PushCheck {
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

  private final BlobPusher pusher;

  /** Pushes with this. */
  public PushCheck(BlobPusher pusher) {
    this.pusher = pusher;
  }

  /**
   * Returns if the blob was taken.
   *
   * @throws RegistryException if it was not
   */
  public void check(Repository repository) throws RegistryException {
    var blob = new Descriptor(MediaTypes.EMPTY, Digest.of(EMPTY), EMPTY.length);
    pusher.push(repository, blob, Content.of(EMPTY), Optional.empty());
  }
}
