package dev.stagewright.registry.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TokenTest {
  private static Token token(String payload) {
    var middle = Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(UTF_8));
    return new Token("eyJhbGciOiJSUzI1NiJ9." + middle + ".c2ln", Instant.EPOCH);
  }

  @Test
  void returnsGrantedActions() {
    var token =
        token(
            "{\"iss\":\"harbor-token-issuer\",\"access\":[{\"type\":\"repository\","
                + "\"name\":\"alpha/a\",\"actions\":[\"push\",\"pull\"]}]}");

    assertThat(token.granted("alpha/a")).isEqualTo(Optional.of(Set.of("pull", "push")));
    assertThat(token.granted("alpha/b")).isEqualTo(Optional.of(Set.of()));
  }

  @Test
  void returnsNothingForOpaqueToken() {
    assertThat(new Token("djE6b3BhcXVl", Instant.EPOCH).granted("alpha/a")).isEmpty();
    assertThat(new Token("a.b.c", Instant.EPOCH).granted("alpha/a")).isEmpty();
  }

  @Test
  void masksValue() {
    assertThat(token("{}")).hasToString("Token[***]");
  }
}
