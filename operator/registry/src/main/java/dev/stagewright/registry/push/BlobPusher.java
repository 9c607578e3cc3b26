package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import java.io.IOException;
import java.util.Optional;

/** Sends blobs. */
public final class BlobPusher {
  private final UploadRequests verbs;
  private final Retry retry;
  private final RequestLimit limit;

  /**
   * Calls with this.
   *
   * @param limit of the registry's requests, shared by those who push to it
   */
  public BlobPusher(Caller caller, RequestLimit limit) {
    this.verbs = UploadRequests.of(caller);
    this.retry = caller.retry();
    this.limit = limit;
  }

  /**
   * Pushes the blob; its content may be opened several times.
   *
   * @param session an upload that the registry has opened already; empty to open one
   * @throws RegistryException if the registry refuses it, or cannot be reached for too long
   */
  public void push(
      Repository repository, Descriptor blob, Content content, Optional<UploadSession> session)
      throws RegistryException {
    try (var upload = new BlobUpload(verbs, repository, blob, content, limit, retry.start())) {
      session.ifPresent(upload::use);
      upload.run();
    } catch (RegistryException e) {
      throw e;
    } catch (IOException e) {
      throw repository.attemptInRepository("push blob " + blob.digest() + " to").failed(e);
    }
  }
}
