package dev.stagewright.registry.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyEnvironmentTest {
  private static Optional<String> proxy(Map<String, String> environment, String target) {
    return ProxyEnvironment.of(environment).proxy(URI.create(target)).map(ProxyAddress::toString);
  }

  @Test
  void selectsProxyByScheme() {
    var environment = Map.of("HTTP_PROXY", "http://plain:3128", "HTTPS_PROXY", "secure:3129");

    assertThat(proxy(environment, "http://h.example.com")).contains("plain:3128");
    assertThat(proxy(environment, "https://h.example.com")).contains("secure:3129");
  }

  @Test
  void prefersLowerCaseAndIgnoresEmpty() {
    assertThat(proxy(Map.of("HTTPS_PROXY", "upper:1", "https_proxy", "lower:1"), "https://h.test"))
        .contains("lower:1");
    assertThat(proxy(Map.of("HTTPS_PROXY", " "), "https://h.test")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "*,                    https://h.example.com",
    "h.example.com,        https://h.example.com",
    "example.com,          https://h.example.com",
    ".example.com,         https://h.example.com",
    "*.example.com,        https://h.example.com",
    "EXAMPLE.com,          https://H.example.com",
    "h.example.com:443,    https://h.example.com",
    "h.example.com:8443,   https://h.example.com:8443",
    "10.1.2.3,             https://10.1.2.3:5000",
    "10.1.2.3:5000,        https://10.1.2.3:5000",
    "10.0.0.0/8,           https://10.1.2.3:5000",
    "10.1.2.0/23,          https://10.1.3.3",
    "fd00::/8,             https://[fd00::1]:5000",
    "'a.test, example.com',https://h.example.com",
    "nothing.test,         https://127.0.0.1:5000",
    "nothing.test,         https://localhost:5000",
    "nothing.test,         https://[::1]:5000",
  })
  void bypassesProxy(String noProxy, String target) {
    assertThat(proxy(Map.of("HTTPS_PROXY", "p:1", "NO_PROXY", noProxy), target)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "h.example.com,      https://g.example.com",
    "example.com,        https://notexample.com",
    "h.example.com:8443, https://h.example.com",
    "10.0.0.0/8,         https://11.1.2.3",
    "10.0.0.0/8,         https://h.example.com",
    "10.0.0.0/8,         https://[fd00::1]",
    "'',                 https://h.example.com",
  })
  void usesProxy(String noProxy, String target) {
    assertThat(proxy(Map.of("HTTPS_PROXY", "p:1", "NO_PROXY", noProxy), target)).contains("p:1");
  }

  @Test
  void masksPassword() {
    var environment = Map.of("HTTPS_PROXY", "http://me:S3cret%21@p:3128");

    assertThat(proxy(environment, "https://h.test")).contains("***@p:3128");
    assertThat(ProxyEnvironment.of(environment).https().flatMap(ProxyAddress::userInfo))
        .contains("me:S3cret!");
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://S3cret@p:1", "http://", "http://S3cret@p:port", "a b S3cret"})
  void reportsMalformedVariableWithoutQuotingIt(String value) {
    assertThatThrownBy(() -> ProxyEnvironment.of(Map.of("HTTPS_PROXY", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("HTTPS_PROXY is not of the form http://[user:password@]host:port");
  }
}
