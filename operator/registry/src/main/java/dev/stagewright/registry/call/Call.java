package dev.stagewright.registry.call;

import dev.stagewright.registry.auth.AuthScope;
import dev.stagewright.registry.error.Operation;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import java.io.IOException;
import java.util.Set;

/**
 * A call to a registry.
 *
 * @param operation what it is for, for errors
 * @param authScope what has to be allowed
 * @param request what is sent
 * @param accepted status codes of success
 * @param reader makes the result of a successful answer, and closes it unless the result is its
 *     body
 */
public record Call<T>(
    Operation operation,
    AuthScope authScope,
    Request request,
    Set<Integer> accepted,
    Reader<T> reader) {
  public Call {
    accepted = Set.copyOf(accepted);
  }

  /** Makes a result of an answer. */
  @FunctionalInterface
  public interface Reader<T> {
    /** The result. */
    T read(Response response) throws IOException;
  }
}
