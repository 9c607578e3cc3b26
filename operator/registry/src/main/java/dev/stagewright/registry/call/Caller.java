package dev.stagewright.registry.call;

import dev.stagewright.registry.auth.Account;
import dev.stagewright.registry.auth.Authenticator;
import dev.stagewright.registry.auth.Authorization;
import dev.stagewright.registry.auth.Challenge;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.ErrorResponse;
import dev.stagewright.registry.error.Hint;
import dev.stagewright.registry.error.HtmlResponse;
import dev.stagewright.registry.error.Operation;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.HttpTransport;
import dev.stagewright.registry.http.RedirectingTransport;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import dev.stagewright.registry.http.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes calls to registries: authorizes requests, renews the authorization once after a 401
 * response, and retries temporary failures. If a repository has several accounts, they are tried
 * until one is accepted, which is tried first from then on.
 */
public final class Caller {
  private static final int MAX_ERROR_BYTES = 1 << 16;

  private final Authenticator authenticator;
  private final RedirectingTransport transport;
  private final Retry retry;
  private final Clock clock;
  private final AccountChoice choice;

  /** Creates a caller. */
  public Caller(Authenticator authenticator, HttpTransport transport, Retry retry, Clock clock) {
    this(authenticator, new RedirectingTransport(transport), retry, clock, new AccountChoice());
  }

  private Caller(
      Authenticator authenticator,
      RedirectingTransport transport,
      Retry retry,
      Clock clock,
      AccountChoice choice) {
    this.authenticator = authenticator;
    this.transport = transport;
    this.retry = retry;
    this.clock = clock;
    this.choice = choice;
  }

  /**
   * Returns the caller with another number of attempts, for operations that retry several calls as
   * a whole, or have an alternative.
   */
  public Caller withAttempts(int attempts) {
    return new Caller(authenticator, transport, retry.withAttempts(attempts), clock, choice);
  }

  /** The retry policy. */
  public Retry retry() {
    return retry;
  }

  /**
   * Makes a call.
   *
   * @throws RegistryException if the registry rejects the call, or cannot be reached
   */
  public <T> T call(Call<T> call) throws RegistryException {
    var accounts = authenticator.accounts(call.authScope());
    return retry.run(() -> callWith(accounts, call));
  }

  /**
   * Makes a call with an account that has the required permissions, judged by its token.
   *
   * @return empty if no account has the permissions
   * @throws RegistryException if the registry rejects the call, or cannot be reached
   */
  public <T> Optional<T> callIfAllowed(Call<T> call) throws RegistryException {
    var accounts =
        authenticator.accounts(call.authScope()).stream()
            .filter(account -> authenticator.mayHavePermissions(call.authScope(), account))
            .toList();
    return accounts.isEmpty()
        ? Optional.empty()
        : Optional.of(retry.run(() -> callWith(accounts, call)));
  }

  private <T> T callWith(List<Account> accounts, Call<T> call) throws RegistryException {
    var failures = new AccountFailures();
    for (var account : choice.order(call.authScope(), accounts)) {
      try {
        var result = callOnce(call, account);
        if (!failures.isEmpty()) {
          choice.accept(call.authScope(), account);
        }
        return result;
      } catch (RegistryException e) {
        if (!AccountFailures.dependsOnAccount(call.authScope(), e)) {
          throw e;
        }
        failures.add(account, e);
      }
    }
    throw failures.combined();
  }

  private <T> T callOnce(Call<T> call, Account account) throws RegistryException {
    try {
      var sent = send(call, account);
      var response = sent.response();
      if (isHtml(call, response)) {
        throw htmlResponse(call, response);
      }
      if (call.accepted().contains(response.status())) {
        return call.reader().read(response);
      }
      try (response) {
        throw call.operation()
            .rejected(
                error(response),
                response.status() == 401
                    ? new UnauthorizedHint(authenticator)
                        .of(call.authScope(), account, sent.authorization())
                    : Hint.NONE);
      }
    } catch (IOException e) {
      throw call.operation().failed(e);
    }
  }

  /**
   * A proxy with a login page responds to everything with status 200 and a web page, which must not
   * be mistaken for success. Blobs are verified by their digest.
   */
  private static boolean isHtml(Call<?> call, Response response) {
    var isBlob =
        call.request().method().equals("GET") && call.request().uri().getPath().contains("/blobs/");
    return response.status() == 200 && response.isHtml() && !isBlob;
  }

  private static RegistryException htmlResponse(Call<?> call, Response response)
      throws IOException {
    try (response) {
      var host = response.uri().getRawAuthority();
      return call.operation()
          .failed(ErrorKind.INVALID, host + " answered with a web page", HtmlResponse.HINT);
    }
  }

  /**
   * Downloads a URL without authorization.
   *
   * @throws RegistryException if the download is rejected, or the server cannot be reached
   */
  public InputStream download(Operation operation, URI uri) throws RegistryException {
    return retry.run(() -> {
      try {
        var response = transport.send(Request.of("GET", uri), Optional.empty());
        if (response.status() == 200) {
          return response.body();
        }
        try (response) {
          throw operation.rejected(error(response));
        }
      } catch (IOException e) {
        throw operation.failed(e);
      }
    });
  }

  private record SentRequest(Response response, Authorization authorization) {}

  private SentRequest send(Call<?> call, Account account) throws IOException {
    var first = authenticator.authorize(call.authScope(), account);
    var response = send(call, first);
    if (response.status() != 401 || !isFromRegistry(call, response)) {
      return new SentRequest(response, first);
    }
    var challenges = Challenge.parse(response.headers("WWW-Authenticate"));
    var second = renew(call, account, first, response, challenges);
    if (second.isEmpty()) {
      return new SentRequest(response, first);
    }
    response.discard();
    return new SentRequest(send(call, second.get()), second.get());
  }

  private Optional<Authorization> renew(
      Call<?> call,
      Account account,
      Authorization rejected,
      Response response,
      List<Challenge> challenges)
      throws IOException {
    try {
      return authenticator.renew(call.authScope(), account, rejected, challenges);
    } catch (IOException e) {
      response.close();
      throw e;
    }
  }

  private Response send(Call<?> call, Authorization authorization) throws IOException {
    var endpoint = call.authScope().endpoint();
    return transport.send(
        endpoint.origin(), endpoint.connection(), call.request(), authorization.header());
  }

  private static boolean isFromRegistry(Call<?> call, Response response) {
    return call.authScope().endpoint().isAt(response.uri());
  }

  private ErrorResponse error(Response response) throws IOException {
    var body = response.body().readNBytes(MAX_ERROR_BYTES);
    return ErrorResponse.of(response.status(), body, RetryAfter.of(response, clock.instant()));
  }
}
