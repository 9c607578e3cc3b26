package dev.stagewright.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.registry.host.Endpoint;
import dev.stagewright.registry.http.Connection;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RealmCheckTest {
  @ParameterizedTest
  @CsvSource({
    "https://registry-1.docker.io, https://auth.docker.io/token",
    "https://h.example.com,        https://h.example.com/service/token",
    "http://h.example.com,         http://h.example.com/service/token",
    "http://127.0.0.1:5000,        http://127.0.0.1:5001/token",
    "http://10.0.0.1:5000,         https://10.0.0.2/token",
    "https://10.0.0.1,             https://auth.example.com/token",
  })
  void acceptsRealm(String registry, String realm) {
    assertThat(RealmCheck.objection(endpoint(registry), URI.create(realm))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.example.com, http://h.example.com/service/token, the token service uses http",
    "https://h.example.com, https://127.0.0.1/token,            the token service has a private address",
    "https://h.example.com, https://localhost/token,            the token service has a private address",
    "https://h.example.com, https://169.254.169.254/latest,     the token service has a private address",
    "https://h.example.com, https://192.168.0.1/token,          the token service has a private address",
    "https://h.example.com, https://[::1]/token,                the token service has a private address",
    "https://h.example.com, file:///etc/passwd,                 its address is malformed",
    "https://h.example.com, /service/token,                     its address is malformed",
  })
  void rejectsRealm(String registry, String realm, String objection) {
    assertThat(RealmCheck.objection(endpoint(registry), URI.create(realm)))
        .hasValueSatisfying(words -> assertThat(words).startsWith(objection));
  }

  private static Endpoint endpoint(String origin) {
    return new Endpoint("h.example.com", URI.create(origin), Connection.DEFAULT);
  }
}
