package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import java.io.IOException;
import java.util.Optional;

/**
 * One blob on its way. All of it goes in one request at first, which most registries take and is
 * fastest. When that breaks, or is refused, what is missing goes in chunks: the registry is asked
 * how much it has. A session that is lost is begun anew; so is one whose chunks are refused, in one
 * request.
 */
final class BlobUpload implements AutoCloseable {
  private final UploadRequests requests;
  private final Repository repository;
  private final Descriptor blob;
  private final RequestLimit limit;
  private final ContentCursor content;
  private final Retry.Attempts attempts;

  /** The session to go on with; empty to begin one. */
  private Optional<UploadSession> session = Optional.empty();

  /** A session that nobody has used; empty for none. */
  private Optional<UploadSession> opened = Optional.empty();

  private Sent lastSent = Sent.NOTHING;
  private boolean isInChunks;
  private boolean isWholeRefused;
  private boolean areChunksRefused;
  private int lost;
  private boolean wasResumed;
  private long chunk;
  private long farthest;
  private long inFlight;

  /** What the last request carried. */
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
    this.isInChunks = limit.isOnlyChunks();
    this.isWholeRefused = isInChunks;
    this.areChunksRefused = limit.isOnlyWhole();
  }

  /** Begins with an upload that the registry has opened already. */
  void use(UploadSession session) {
    opened = Optional.of(session);
  }

  /**
   * Uploads it.
   *
   * @throws RegistryException if it is refused for good, or fails again and again at the same place
   */
  void run() throws RegistryException {
    while (true) {
      try {
        send();
        limit.learn(isWholeRefused, areChunksRefused);
        return;
      } catch (RegistryException e) {
        if (arrivedAfter(e)) {
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
    if (from.offset() == 0 && !isInChunks && limit.allows(blob.size())) {
      inFlight = blob.size();
      lastSent = Sent.ALL;
      var all = content.piece(0, blob.size());
      requests.finish(repository, from.session(), blob.digest(), all);
      return;
    }
    var at = from;
    while (at.offset() < blob.size()) {
      at = next(at);
    }
    inFlight = 0;
    requests.finish(repository, at.session(), blob.digest(), Content.EMPTY);
  }

  /** Where the registry says to go on, or the start of a new session. */
  private UploadPosition position() throws RegistryException {
    if (opened.isPresent()) {
      var fresh = opened.get();
      opened = Optional.empty();
      return reached(new UploadPosition(fresh, 0));
    }
    if (session.isPresent()) {
      var known = requests.status(repository, session.get());
      if (known.filter(at -> at.offset() > 0 && at.offset() <= blob.size()).isPresent()) {
        wasResumed = true;
        return reached(known.get());
      }
      requests.cancel(repository, session.get());
      session = Optional.empty();
    }
    wasResumed = false;
    return reached(new UploadPosition(requests.start(repository), 0));
  }

  private UploadPosition next(UploadPosition at) throws RegistryException {
    isInChunks = true;
    var most = Math.max(Math.min(chunk, limit.chunk()), at.session().minChunkSize());
    var length = Math.min(most, blob.size() - at.offset());
    inFlight = length;
    lastSent = Sent.CHUNK;
    var sent = content.piece(at.offset(), length);
    var next = requests.send(repository, at, blob.digest(), sent);
    if (next.offset() <= at.offset()) {
      throw repository
          .operationInRepository("push blob " + blob.digest() + " to")
          .failed(new IOException("it took none of " + length + " bytes"));
    }
    chunk = Math.min(2 * chunk, limit.chunk());
    return reached(next);
  }

  private UploadPosition reached(UploadPosition at) {
    session = Optional.of(at.session());
    if (at.offset() > farthest) {
      farthest = at.offset();
      attempts.progressed();
    }
    return at;
  }

  /**
   * Decides how to go on, and waits until it is time.
   *
   * @return whether the blob is there in spite of the failure, as where only its answer was lost
   */
  private boolean arrivedAfter(RegistryException failure) throws RegistryException {
    return switch (UploadFailure.of(failure)) {
      case PASSING -> {
        isInChunks = session.isPresent() && !areChunksRefused;
        session = areChunksRefused ? Optional.empty() : session;
        chunk = RequestLimit.smaller(chunk);
        yield isThereOrPause(failure);
      }
      case TOO_LARGE -> {
        if (areChunksRefused || !limit.lower(inFlight)) {
          throw failure;
        }
        isInChunks = true;
        yield false;
      }
      case OUT_OF_STEP -> isThereOrPause(failure);
      case SESSION_LOST -> againAfterLoss(failure);
      case WRONG_BYTES -> againWithOtherBytes(failure);
      case NOT_UNDERSTOOD -> otherwise(failure);
      case FINAL -> throw failure;
    };
  }

  /** A registry that drops the bytes of a request has the digest of none. */
  private boolean againWithOtherBytes(RegistryException failure) throws RegistryException {
    if (wasResumed) {
      return again(failure);
    }
    if (!failure.hasCode("DIGEST_INVALID")) {
      throw failure;
    }
    return otherwise(failure);
  }

  /** A registry may say of a request that it does not take that its upload is not valid. */
  private boolean againAfterLoss(RegistryException failure) throws RegistryException {
    if (session.isEmpty()) {
      throw failure;
    }
    lost++;
    var isRefusal = lastSent == Sent.ALL && failure.hasCode("BLOB_UPLOAD_INVALID");
    if (isRefusal && lost > 1 && !areChunksRefused) {
      return otherwise(failure);
    }
    return again(failure);
  }

  /** From the start, in chunks after one request, and in one request after chunks; each once. */
  private boolean otherwise(RegistryException failure) throws RegistryException {
    var canTryOther =
        !isWholeRefused
            && !areChunksRefused
            && switch (lastSent) {
              case NOTHING -> false;
              case ALL -> true;
              case CHUNK -> limit.allows(blob.size());
            };
    if (!canTryOther) {
      throw failure;
    }
    isWholeRefused = lastSent == Sent.ALL;
    areChunksRefused = lastSent == Sent.CHUNK;
    return again(failure);
  }

  /** From the start, in one request: replicas take that better than several. */
  private boolean again(RegistryException failure) throws RegistryException {
    isInChunks = isWholeRefused;
    session = Optional.empty();
    return isThereOrPause(failure);
  }

  private boolean isThereOrPause(RegistryException failure) throws RegistryException {
    var passing = UploadFailure.passing(failure);
    if (exists(passing)) {
      return true;
    }
    attempts.failed(passing);
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
