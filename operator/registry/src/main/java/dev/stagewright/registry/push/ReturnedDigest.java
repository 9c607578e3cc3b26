package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.Operation;
import dev.stagewright.registry.http.Response;
import java.io.IOException;

/** Verifies the digest that a registry returns for stored content, if it returns one. */
final class ReturnedDigest {
  private ReturnedDigest() {}

  static boolean check(Response response, Digest pushed, Operation operation) throws IOException {
    try (response) {
      var returned = response.header("Docker-Content-Digest").orElse(pushed.toString());
      if (!returned.equals(pushed.toString())) {
        throw operation.failed(
            ErrorKind.DIGEST_MISMATCH, "the registry stored it as " + returned, "");
      }
      return true;
    }
  }
}
