package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.pull.ManifestChecker;
import java.util.Map;
import java.util.Set;

/** {@code PUT /v2/<name>/manifests/<reference>}. */
final class ManifestPusher {
  private final Caller caller;
  private final ManifestChecker checker;

  /** Creates a pusher. */
  public ManifestPusher(Caller caller) {
    this.caller = caller;
    this.checker = new ManifestChecker(caller);
  }

  /**
   * Stores a manifest or an index under the image's digest, or else its tag. Everything that it
   * refers to must exist.
   *
   * @param mediaType the media type of the document
   * @return the digest of the document
   */
  public Digest push(Repository repository, String mediaType, byte[] document)
      throws RegistryException {
    var digest = Digest.of(document);
    try {
      var _ = put(repository, mediaType, document);
    } catch (RegistryException e) {
      if (e.kind() != ErrorKind.IMMUTABLE_TAG || !exists(repository, digest)) {
        throw e;
      }
    }
    return digest;
  }

  /**
   * Stores a manifest that is attached to another one.
   *
   * @return whether the registry lists it among those that are attached
   */
  boolean pushAttached(Repository repository, String mediaType, byte[] document)
      throws RegistryException {
    return put(repository, mediaType, document);
  }

  private boolean put(Repository repository, String mediaType, byte[] document)
      throws RegistryException {
    return caller.call(call(repository, mediaType, document, Digest.of(document)));
  }

  private static Call<Boolean> call(
      Repository repository, String mediaType, byte[] document, Digest digest) {
    var operation = repository.operation("push");
    return new Call<>(
        operation,
        repository.push(),
        new Request(
            "PUT",
            repository.uri("manifests/" + repository.image().selector()),
            Map.of("Content-Type", mediaType),
            Content.of(document)),
        Set.of(200, 201),
        response ->
            ReturnedDigest.check(response, digest, operation)
                && response.header("OCI-Subject").isPresent());
  }

  /** Harbor rejects a push to an immutable tag even if the digest does not change. */
  private boolean exists(Repository repository, Digest digest) throws RegistryException {
    return checker.check(repository).filter(found -> found.digest().equals(digest)).isPresent();
  }
}
