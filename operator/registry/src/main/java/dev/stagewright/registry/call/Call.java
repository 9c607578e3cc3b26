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
 * @param operation the operation, for error messages
 * @param authScope the required permissions
 * @param request the request
 * @param accepted the status codes of success
 * @param reader converts a successful response to the result; closes the response unless the result
 *     is its body
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

  /** Converts a response to a result. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Returns the result. */
    T read(Response response) throws IOException;
  }
}
