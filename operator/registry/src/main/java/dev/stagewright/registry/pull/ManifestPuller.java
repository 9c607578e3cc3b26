package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code GET /v2/<name>/manifests/<reference>}. */
public final class ManifestPuller {
  /** The accepted media types: manifests and indexes of OCI and Docker. */
  static final String ACCEPT =
      String.join(
          ", ",
          List.of(
              MediaTypes.INDEX,
              MediaTypes.MANIFEST,
              MediaTypes.DOCKER_INDEX,
              MediaTypes.DOCKER_MANIFEST));

  private static final int MAX_MANIFEST_BYTES = 4 << 20;

  private final Caller caller;

  /** Creates a puller. */
  public ManifestPuller(Caller caller) {
    this.caller = caller;
  }

  /** Pulls the manifest of the image's digest, or else its tag, and verifies the digest. */
  public FetchedManifest pull(Repository repository) throws RegistryException {
    return caller.call(
        new Call<>(
            repository.operation("read the manifest of"),
            repository.pull(),
            new Request(
                "GET",
                repository.uri("manifests/" + repository.image().selector()),
                Map.of("Accept", ACCEPT),
                Content.EMPTY),
            Set.of(200),
            response -> read(repository, response)));
  }

  private static FetchedManifest read(Repository repository, Response response) throws IOException {
    try (response) {
      var bytes = response.bytes(MAX_MANIFEST_BYTES);
      var actual = Digest.of(bytes);
      var expected =
          repository.image().digest().map(Digest::toString).or(() -> returnedDigest(response));
      if (expected.isPresent() && !expected.get().equals(actual.toString())) {
        throw repository
            .operation("read the manifest of")
            .failed(
                ErrorKind.DIGEST_MISMATCH,
                "the digest is " + actual + ", not " + expected.get(),
                "the storage of the registry, or a cache in front of it, is damaged");
      }
      var type = ManifestType.of(ManifestHeaders.mediaType(response), bytes);
      return new FetchedManifest(new Descriptor(type, actual, bytes.length), bytes);
    }
  }

  private static Optional<String> returnedDigest(Response response) {
    return ManifestHeaders.digest(response).map(Digest::toString);
  }
}
