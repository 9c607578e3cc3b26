package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code HEAD /v2/<name>/manifests/<reference>}. */
public final class ManifestChecker {
  private final Caller caller;
  private final ManifestPuller puller;

  /** Creates a checker. */
  public ManifestChecker(Caller caller) {
    this.caller = caller;
    this.puller = new ManifestPuller(caller);
  }

  /** Returns the descriptor of the image's digest, or else its tag; empty if it does not exist. */
  public Optional<Descriptor> check(Repository repository) throws RegistryException {
    var result =
        caller.call(
            new Call<>(
                repository.operation("look for"),
                repository.pull(),
                new Request(
                    "HEAD",
                    repository.uri("manifests/" + repository.image().selector()),
                    Map.of("Accept", ManifestPuller.ACCEPT),
                    Content.EMPTY),
                Set.of(200, 404),
                ManifestChecker::read));
    return switch (result) {
      case Result.Missing _ -> Optional.empty();
      case Result.Found(var manifest) -> Optional.of(manifest);
      case Result.WithoutDescriptor _ -> Optional.of(puller.pull(repository).descriptor());
    };
  }

  private sealed interface Result {
    record Missing() implements Result {}

    record Found(Descriptor manifest) implements Result {}

    /** Not every registry returns the digest. */
    record WithoutDescriptor() implements Result {}
  }

  private static Result read(Response response) throws IOException {
    try (response) {
      if (response.status() == 404) {
        return new Result.Missing();
      }
      var type = ManifestHeaders.mediaType(response);
      var size = response.header("Content-Length").map(Long::parseLong);
      var digest = ManifestHeaders.digest(response);
      return digest.isPresent() && size.isPresent()
          ? new Result.Found(new Descriptor(type, digest.get(), size.get()))
          : new Result.WithoutDescriptor();
    }
  }
}
