package dev.stagewright.registry.push;

import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Response;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The position of an upload.
 *
 * @param session the session to continue
 * @param offset the number of bytes that the registry has
 */
record UploadPosition(UploadSession session, long offset) {
  private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

  /**
   * Parses {@code Location} and {@code Range} of a response.
   *
   * @param session the session of the request, for a response without {@code Location}
   * @return empty if the response has no position
   */
  static Optional<UploadPosition> of(
      Repository repository, UploadSession session, Response response) throws RegistryException {
    var next = session.next(repository, response);
    return response
        .header("Range")
        .map(RANGE::matcher)
        .filter(range -> range.matches())
        .map(range -> new UploadPosition(next, received(Long.parseLong(range.group(1)))));
  }

  /** Registries write the range of no bytes like the range of one byte. */
  private static long received(long last) {
    return last == 0 ? 0 : last + 1;
  }

  /** Checks the position: the registry cannot have more bytes than were sent. */
  UploadPosition within(Repository repository, long size) throws RegistryException {
    if (offset > size) {
      throw repository
          .operationInRepository("push to")
          .failed(
              ErrorKind.INVALID,
              "the registry reports " + offset + " received bytes, but only " + size + " were sent",
              "");
    }
    return this;
  }
}
