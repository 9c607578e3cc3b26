package dev.stagewright.registry.push;

import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Response;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far an upload is.
 *
 * @param session where to go on
 * @param offset how many bytes the registry has
 */
record UploadPosition(UploadSession session, long offset) {
  private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

  /**
   * Reads {@code Location} and {@code Range} of an answer.
   *
   * @param session where the request went, for an answer without {@code Location}
   * @return empty if the answer does not say how far it is
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

  /** Registries write the range of no bytes as they write that of the first. */
  private static long received(long last) {
    return last == 0 ? 0 : last + 1;
  }

  /** The same, if it can be: more than was sent cannot have arrived. */
  UploadPosition within(Repository repository, long size) throws RegistryException {
    if (offset > size) {
      throw repository
          .operationInRepository("push to")
          .failed(ErrorKind.INVALID, "it has " + offset + " bytes of a blob of " + size, "");
    }
    return this;
  }
}
