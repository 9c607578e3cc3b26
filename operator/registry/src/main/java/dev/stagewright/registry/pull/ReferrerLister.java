package dev.stagewright.registry.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /v2/<name>/referrers/<digest>}; at a registry that does not support it, the index with
 * the tag that the distribution specification defines for this case.
 */
public final class ReferrerLister {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPERATION = "list the artifacts attached to";
  private static final int MAX_BYTES = 4 << 20;
  private static final int NOT_FOUND = 404;

  private final Caller caller;

  /** Creates a lister. */
  public ReferrerLister(Caller caller) {
    this.caller = caller;
  }

  /**
   * The artifacts of a type that are attached to an image, of the first page: an image has few.
   *
   * @param repository with the digest of the image
   */
  public List<Referrer> list(Repository repository, String artifactType) throws RegistryException {
    var digest = repository.image().digest().orElseThrow();
    var answer = caller.call(call(repository, digest, artifactType));
    var index = answer.isPresent() ? answer : ofTag(repository, digest);
    try {
      return index.isEmpty()
          ? List.of()
          : parse(index.get()).stream()
              .filter(entry -> entry.artifactType().equals(artifactType))
              .toList();
    } catch (IOException | IllegalArgumentException e) {
      throw repository
          .operation(OPERATION)
          .failed(ErrorKind.INVALID, "the index is malformed: " + e.getMessage(), "");
    }
  }

  /** Registries need not filter, and some do not know the type of an entry. */
  private static Call<Optional<byte[]>> call(
      Repository repository, Digest digest, String artifactType) {
    var query = "?artifactType=" + URLEncoder.encode(artifactType, StandardCharsets.UTF_8);
    return new Call<>(
        repository.operation(OPERATION),
        repository.pull(),
        Request.of("GET", repository.uri("referrers/" + digest + query)),
        Set.of(200, NOT_FOUND),
        ReferrerLister::read);
  }

  private static Optional<byte[]> read(Response response) throws IOException {
    try (response) {
      return response.status() == NOT_FOUND
          ? Optional.empty()
          : Optional.of(response.bytes(MAX_BYTES));
    }
  }

  private Optional<byte[]> ofTag(Repository repository, Digest digest) throws RegistryException {
    var image = repository.image().tagged(digest.toString().replace(':', '-'));
    try {
      var index = new ManifestPuller(caller).pull(new Repository(repository.endpoint(), image));
      return Optional.of(index.bytes());
    } catch (RegistryException e) {
      if (e.kind().isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static List<Referrer> parse(byte[] index) throws IOException {
    var entries = new ArrayList<Referrer>();
    for (var entry : JSON.readTree(index).path("manifests")) {
      entries.add(entry(entry));
    }
    return entries;
  }

  private static Referrer entry(JsonNode entry) {
    var annotations = new HashMap<String, String>();
    entry
        .path("annotations")
        .properties()
        .forEach(field -> annotations.put(field.getKey(), field.getValue().asText()));
    var manifest =
        new Descriptor(
            entry.path("mediaType").asText(),
            Digest.parse(entry.path("digest").asText()),
            entry.path("size").asLong());
    return new Referrer(manifest, entry.path("artifactType").asText(), annotations);
  }
}
