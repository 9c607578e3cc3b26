package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import java.io.IOException;
import java.util.Optional;

/**
 * The upload of one blob. It starts with a single request, which most registries accept and which
 * is fastest. If that request is interrupted or rejected, the registry is asked for its position
 * and the rest is sent in chunks. A lost session is started again. If chunks are rejected, the blob
 * is sent in a single request.
 */
final class BlobUpload implements AutoCloseable {
  private final UploadRequests requests;
  private final Repository repository;
  private final Descriptor blob;
  private final RequestLimit limit;
  private final ContentCursor content;
  private final Retry.Attempts attempts;

  /** The session to continue; empty to start one. */
  private Optional<UploadSession> session = Optional.empty();

  /** A session that was not used yet; empty for none. */
  private Optional<UploadSession> opened = Optional.empty();

  private Sent lastSent = Sent.NOTHING;
  private boolean chunked;
  private boolean isSingleRequestRejected;
  private boolean areChunksRejected;
  private int lostSessions;
  private boolean resumed;
  private long chunk;
  private long maxOffset;
  private long requestSize;

  /** The content of the last request. */
  private enum Sent {
    NOTHING,
    ALL,
    CHUNK
  }

  BlobUpload(
      UploadRequests requests,
      Repository repository,
      Descriptor blob,
      Content content,
      RequestLimit limit,
      Retry.Attempts attempts) {
    this.requests = requests;
    this.repository = repository;
    this.blob = blob;
    this.limit = limit;
    this.content = new ContentCursor(content);
    this.attempts = attempts;
    this.chunk = limit.chunk();
    this.chunked = limit.requiresChunks();
    this.isSingleRequestRejected = chunked;
    this.areChunksRejected = limit.requiresSingleRequest();
  }

  /** Uses an upload that the registry has already opened. */
  void resume(UploadSession session) {
    opened = Optional.of(session);
  }

  /**
   * Uploads the blob.
   *
   * @throws RegistryException if the registry rejects the blob permanently, or fails repeatedly at
   *     the same position
   */
  void run() throws RegistryException {
    while (true) {
      try {
        send();
        limit.learn(isSingleRequestRejected, areChunksRejected);
        return;
      } catch (RegistryException e) {
        if (recover(e)) {
          return;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private void send() throws RegistryException {
    lastSent = Sent.NOTHING;
    var from = position();
    if (from.offset() == 0 && !chunked && limit.allows(blob.size())) {
      requestSize = blob.size();
      lastSent = Sent.ALL;
      var all = content.slice(0, blob.size());
      requests.finish(repository, from.session(), blob.digest(), all);
      return;
    }
    var at = from;
    while (at.offset() < blob.size()) {
      at = next(at);
    }
    requestSize = 0;
    requests.finish(repository, at.session(), blob.digest(), Content.EMPTY);
  }

  /** Returns the position that the registry reports, or the start of a new session. */
  private UploadPosition position() throws RegistryException {
    if (opened.isPresent()) {
      var fresh = opened.get();
      opened = Optional.empty();
      return reached(new UploadPosition(fresh, 0));
    }
    if (session.isPresent()) {
      var position = requests.status(repository, session.get());
      if (position.filter(at -> at.offset() > 0 && at.offset() <= blob.size()).isPresent()) {
        resumed = true;
        return reached(position.get());
      }
      requests.cancel(repository, session.get());
      session = Optional.empty();
    }
    resumed = false;
    return reached(new UploadPosition(requests.start(repository), 0));
  }

  private UploadPosition next(UploadPosition at) throws RegistryException {
    chunked = true;
    var maxLength = Math.max(Math.min(chunk, limit.chunk()), at.session().minChunkSize());
    var length = Math.min(maxLength, blob.size() - at.offset());
    requestSize = length;
    lastSent = Sent.CHUNK;
    var sent = content.slice(at.offset(), length);
    var next = requests.send(repository, at, blob.digest(), sent);
    if (next.offset() <= at.offset()) {
      throw repository
          .operationInRepository("push blob " + blob.digest() + " to")
          .failed(new IOException("the registry accepted none of " + length + " bytes"));
    }
    chunk = Math.min(2 * chunk, limit.chunk());
    return reached(next);
  }

  private UploadPosition reached(UploadPosition at) {
    session = Optional.of(at.session());
    if (at.offset() > maxOffset) {
      maxOffset = at.offset();
      attempts.progressed();
    }
    return at;
  }

  /**
   * Recovers from a failure: decides how to continue, and waits before the next attempt.
   *
   * @return whether the blob exists despite the failure, for example because only the response was
   *     lost
   */
  private boolean recover(RegistryException failure) throws RegistryException {
    return switch (UploadFailure.of(failure)) {
      case TRANSIENT -> {
        chunked = session.isPresent() && !areChunksRejected;
        session = areChunksRejected ? Optional.empty() : session;
        chunk = RequestLimit.smaller(chunk);
        yield checkOrPause(failure);
      }
      case TOO_LARGE -> {
        if (areChunksRejected || !limit.lower(requestSize)) {
          throw failure;
        }
        chunked = true;
        yield false;
      }
      case OFFSET_MISMATCH -> checkOrPause(failure);
      case SESSION_LOST -> retryAfterSessionLoss(failure);
      case DIGEST_MISMATCH -> retryAfterDigestMismatch(failure);
      case UNSUPPORTED -> retryInOtherMode(failure);
      case PERMANENT -> throw failure;
    };
  }

  /** A registry that ignores the body of a request computes the digest of no bytes. */
  private boolean retryAfterDigestMismatch(RegistryException failure) throws RegistryException {
    if (resumed) {
      return restart(failure);
    }
    if (!failure.hasCode("DIGEST_INVALID")) {
      throw failure;
    }
    return retryInOtherMode(failure);
  }

  /** A registry may report an unsupported request as an invalid upload. */
  private boolean retryAfterSessionLoss(RegistryException failure) throws RegistryException {
    if (session.isEmpty()) {
      throw failure;
    }
    lostSessions++;
    var isRejection = lastSent == Sent.ALL && failure.hasCode("BLOB_UPLOAD_INVALID");
    if (isRejection && lostSessions > 1 && !areChunksRejected) {
      return retryInOtherMode(failure);
    }
    return restart(failure);
  }

  /**
   * Starts again: in chunks after a single request, and in a single request after chunks, each
   * once.
   */
  private boolean retryInOtherMode(RegistryException failure) throws RegistryException {
    var canChangeMode =
        !isSingleRequestRejected
            && !areChunksRejected
            && switch (lastSent) {
              case NOTHING -> false;
              case ALL -> true;
              case CHUNK -> limit.allows(blob.size());
            };
    if (!canChangeMode) {
      throw failure;
    }
    isSingleRequestRejected = lastSent == Sent.ALL;
    areChunksRejected = lastSent == Sent.CHUNK;
    return restart(failure);
  }

  /** Starts again in a single request: replicas handle it better than several requests. */
  private boolean restart(RegistryException failure) throws RegistryException {
    chunked = isSingleRequestRejected;
    session = Optional.empty();
    return checkOrPause(failure);
  }

  private boolean checkOrPause(RegistryException failure) throws RegistryException {
    var asTransient = UploadFailure.asTransient(failure);
    if (exists(asTransient)) {
      return true;
    }
    attempts.failed(asTransient);
    return false;
  }

  private boolean exists(RegistryException failure) {
    try {
      return requests.exists(repository, blob.digest());
    } catch (RegistryException e) {
      failure.addSuppressed(e);
      return false;
    }
  }
}
