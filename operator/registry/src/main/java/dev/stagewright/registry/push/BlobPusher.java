package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Request;
import java.util.Map;
import java.util.Set;

/**
 * Pushes a blob in one piece: {@code POST} for a session, {@code PUT} of all bytes.
 *
 * <p>What fails on the way is started over with a new session, as registries differ in what they
 * keep of a broken one. Where it cannot be told whether the bytes arrived, the registry is asked.
 */
public final class BlobPusher {
  private static final Set<String> SESSION_LOST =
      Set.of("BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID");

  private final Caller once;
  private final Retry retry;
  private final UploadStarter starter;
  private final BlobChecker checker;

  /** Calls with this. */
  public BlobPusher(Caller caller) {
    this.once = caller.withAttempts(1);
    this.retry = caller.retry();
    this.starter = new UploadStarter(once);
    this.checker = new BlobChecker(once);
  }

  /** Pushes the blob; its content is opened again for each attempt. */
  public void push(Repository repository, Descriptor blob, Content content)
      throws RegistryException {
    var _ = retry.run(() -> attempt(repository, blob, content));
  }

  private boolean attempt(Repository repository, Descriptor blob, Content content)
      throws RegistryException {
    var session = starter.start(repository);
    try {
      return once.call(put(repository, session, blob, content));
    } catch (RegistryException e) {
      if (!isWorthAnotherTry(e)) {
        throw e;
      }
      return arrived(repository, blob, e);
    }
  }

  private static Call<Boolean> put(
      Repository repository, UploadSession session, Descriptor blob, Content content) {
    var attempt = repository.attemptInRepository("push blob " + blob.digest() + " to");
    var headers = Map.of("Content-Type", "application/octet-stream");
    return new Call<>(
        attempt,
        repository.push(),
        new Request("PUT", session.finish(blob.digest()), headers, content),
        Set.of(200, 201, 204),
        response -> EchoedDigest.check(response, blob.digest(), attempt));
  }

  private static boolean isWorthAnotherTry(RegistryException failure) {
    return failure.kind().isTransient() || isSessionLost(failure);
  }

  /** A replica that does not share the others' uploads answers so. */
  private static boolean isSessionLost(RegistryException failure) {
    return failure.codes().stream().anyMatch(SESSION_LOST::contains);
  }

  private boolean arrived(Repository repository, Descriptor blob, RegistryException failure)
      throws RegistryException {
    try {
      if (checker.exists(repository, blob.digest())) {
        return true;
      }
    } catch (RegistryException e) {
      failure.addSuppressed(e);
    }
    throw isSessionLost(failure)
        ? new RegistryException(
            ErrorKind.UNAVAILABLE, String.valueOf(failure.getMessage()), failure)
        : failure;
  }
}
