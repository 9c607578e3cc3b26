package dev.stagewright.registry.call;

import dev.stagewright.registry.auth.Authenticator;
import dev.stagewright.registry.auth.Authorization;
import dev.stagewright.registry.auth.Challenge;
import dev.stagewright.registry.error.Advice;
import dev.stagewright.registry.error.ErrorAnswer;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.HttpTransport;
import dev.stagewright.registry.http.RedirectingTransport;
import dev.stagewright.registry.http.Response;
import dev.stagewright.registry.http.RetryAfter;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Makes calls: with authorization, a fresh one once after a 401, and again after faults. */
public final class Caller {
  private static final int LONGEST_ERROR = 1 << 16;

  private final Authenticator authenticator;
  private final RedirectingTransport transport;
  private final Retry retry;
  private final Clock clock;

  /** A caller that tries again as {@code retry} has it. */
  public Caller(Authenticator authenticator, HttpTransport transport, Retry retry, Clock clock) {
    this(authenticator, new RedirectingTransport(transport), retry, clock);
  }

  private Caller(
      Authenticator authenticator, RedirectingTransport transport, Retry retry, Clock clock) {
    this.authenticator = authenticator;
    this.transport = transport;
    this.retry = retry;
    this.clock = clock;
  }

  /**
   * The same with this many attempts, for verbs that repeat more than one call, or have an
   * alternative.
   */
  public Caller withAttempts(int attempts) {
    return new Caller(authenticator, transport, retry.withAttempts(attempts), clock);
  }

  /** How this tries again. */
  public Retry retry() {
    return retry;
  }

  /**
   * Makes a call.
   *
   * @throws RegistryException if the registry refuses it, or cannot be reached
   */
  public <T> T call(Call<T> call) throws RegistryException {
    return retry.run(() -> once(call));
  }

  private <T> T once(Call<T> call) throws RegistryException {
    try {
      var answer = send(call);
      var response = answer.response();
      if (call.accepted().contains(response.status())) {
        return call.reader().read(response);
      }
      try (response) {
        throw call.attempt()
            .refused(
                error(response),
                response.status() == 401
                    ? new UnauthorizedAdvice(authenticator)
                        .of(call.access(), answer.authorization())
                    : Advice.NONE);
      }
    } catch (IOException e) {
      throw call.attempt().failed(e);
    }
  }

  private record Answer(Response response, Authorization authorization) {}

  private Answer send(Call<?> call) throws IOException {
    var first = authenticator.authorize(call.access());
    var response = send(call, first);
    if (response.status() != 401 || !isFromRegistry(call, response)) {
      return new Answer(response, first);
    }
    var challenges = Challenge.parse(response.headers("WWW-Authenticate"));
    var second = renew(call, first, response, challenges);
    if (second.isEmpty()) {
      return new Answer(response, first);
    }
    response.discard();
    return new Answer(send(call, second.get()), second.get());
  }

  private Optional<Authorization> renew(
      Call<?> call, Authorization refused, Response response, List<Challenge> challenges)
      throws IOException {
    try {
      return authenticator.renew(call.access(), refused, challenges);
    } catch (IOException e) {
      response.close();
      throw e;
    }
  }

  private Response send(Call<?> call, Authorization authorization) throws IOException {
    var endpoint = call.access().endpoint();
    return transport.send(
        endpoint.origin(), endpoint.connection(), call.request(), authorization.header());
  }

  private static boolean isFromRegistry(Call<?> call, Response response) {
    return call.access().endpoint().isAt(response.uri());
  }

  private ErrorAnswer error(Response response) throws IOException {
    var body = response.body().readNBytes(LONGEST_ERROR);
    return ErrorAnswer.of(response.status(), body, RetryAfter.of(response, clock.instant()));
  }
}
