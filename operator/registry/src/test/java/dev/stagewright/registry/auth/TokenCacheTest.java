package dev.stagewright.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TokenCacheTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<TokenScope> PULL = List.of(TokenScope.pull("team/app"));
  private static final List<TokenScope> PUSH = List.of(TokenScope.pullPush("team/app"));
  private static final List<TokenScope> MOUNT =
      List.of(TokenScope.pullPush("team/app"), TokenScope.pull("team/base"));

  private final TokenCache cache = new TokenCache(Clock.fixed(NOW, ZoneOffset.UTC));
  private final List<List<TokenScope>> requests = new ArrayList<>();

  private static TokenCache.Key key(String password, List<TokenScope> scopes) {
    return new TokenCache.Key(
        new Challenge.Bearer("https://auth.example/token", Optional.of("registry")),
        Optional.of(new Credential.Password("robot", password)),
        scopes);
  }

  private Token token(List<TokenScope> scopes) throws RegistryException {
    return cache.get(key("right", scopes), Optional.empty(), () -> granted(scopes));
  }

  private Token granted(List<TokenScope> scopes) {
    requests.add(scopes);
    return new Token("token " + requests.size(), NOW.plusSeconds(60));
  }

  private void refused(List<TokenScope> scopes) {
    assertThatThrownBy(() ->
            cache.get(
                key("wrong", scopes),
                Optional.empty(),
                () -> {
                  requests.add(scopes);
                  throw new RegistryException(
                      ErrorKind.UNAUTHORIZED, "check the password", new IllegalStateException());
                }))
        .hasMessage("check the password");
  }

  @Test
  void tokenIsRequestedOnceForTheSameScopes() throws Exception {
    assertThat(Stream.of(token(PULL), token(PUSH), token(PULL)).distinct()).hasSize(2);
    assertThat(requests).containsExactly(PULL, PUSH);
  }

  @Test
  void parallelRequestsShareOneToken() throws Exception {
    var asked = new CountDownLatch(1);
    var second = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          threads.submit(() ->
              cache.get(
                  key("right", PUSH),
                  Optional.empty(),
                  () -> {
                    asked.countDown();
                    await(second);
                    return granted(PUSH);
                  }));
      asked.await();
      var other =
          threads.submit(() -> {
            second.countDown();
            return token(PUSH);
          });

      assertThat(first.get()).isEqualTo(other.get());
    }
    assertThat(requests).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tokenThatTheRegistryRejectedIsRenewed() throws Exception {
    var first = token(PUSH);

    var second = cache.get(key("right", PUSH), Optional.of(first), () -> granted(PUSH));

    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void wrongPasswordIsNotSentAgainForTheSameOrMoreScopes() {
    refused(PULL);

    refused(PULL);
    refused(PUSH);
    refused(MOUNT);

    assertThat(requests).containsExactly(PULL);
  }

  @Test
  void refusalOfMoreScopesSaysNothingAboutFewer() {
    refused(MOUNT);

    refused(PULL);

    assertThat(requests).containsExactly(MOUNT, PULL);
  }

  @Test
  void refusalConcernsOneAccountOnly() throws Exception {
    refused(PULL);

    assertThat(token(PULL).value()).isEqualTo("token 2");
  }
}
