package dev.stagewright.registry.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsTest {
  private static Credentials parse(String json) throws MalformedCredentialsException {
    return Credentials.parse("config.json", json.getBytes(UTF_8));
  }

  private static String entry(String key, String pair) {
    var auth = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    return "\"%s\":{\"auth\":\"%s\"}".formatted(key, auth);
  }

  private static Optional<String> user(Credentials credentials, String image) {
    return credentials
        .find(ImageReference.parse(image))
        .map(credential -> ((Credential.Password) credential).user());
  }

  @ParameterizedTest
  @CsvSource({
    "https://index.docker.io/v1/,      golang",
    "index.docker.io,                  team/app",
    "docker.io,                        docker.io/team/app",
    "registry-1.docker.io,             golang",
    "harbor.example.com,               harbor.example.com/team/app",
    "https://harbor.example.com,       harbor.example.com/team/app",
    "https://harbor.example.com/v2/,   harbor.example.com/team/app",
    "HARBOR.example.com,               harbor.example.com/team/app",
    "harbor.example.com/team,          harbor.example.com/team/app",
    "harbor.example.com/team/app,      harbor.example.com/team/app:1",
    "10.0.0.1:5000,                    10.0.0.1:5000/app",
    "*.example.com,                    harbor.example.com/team/app",
    "harbor.*.com:5000,                harbor.example.com:5000/team/app",
  })
  void matches(String key, String image) throws MalformedCredentialsException {
    assertThat(user(parse("{\"auths\":{" + entry(key, "me:secret") + "}}"), image)).contains("me");
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io,                   quay.io/team/app",
    "harbor.example.com,          harbor.example.com:8443/team/app",
    "harbor.example.com:8443,     harbor.example.com/team/app",
    "harbor.example.com/team,     harbor.example.com/teams/app",
    "harbor.example.com/team/app, harbor.example.com/team",
    "*.example.com,               example.com/team/app",
    "*.example.com,               a.b.example.com/team/app",
    "example.com,                 example.com.evil.org/team/app",
    "harborXexample.com,          harbor.example.com/team/app",
  })
  void doesNotMatch(String key, String image) throws MalformedCredentialsException {
    assertThat(user(parse("{\"auths\":{" + entry(key, "me:secret") + "}}"), image)).isEmpty();
  }

  @Test
  void prefersMostSpecificThenFirstEntry(@TempDir Path directory) throws IOException {
    var first = directory.resolve("first");
    var second = directory.resolve("second");
    Files.writeString(
        first,
        "{\"auths\":{%s,%s}}"
            .formatted(entry("*.example.com", "any:1"), entry("h.example.com", "first:1")));
    Files.writeString(
        second,
        "{\"auths\":{%s,%s}}"
            .formatted(entry("h.example.com", "second:1"), entry("h.example.com/a", "path:1")));

    var credentials =
        Credentials.of(
            List.of(
                Credentials.parse("first", Files.readAllBytes(first)),
                Credentials.parse("second", Files.readAllBytes(second))));

    assertThat(user(credentials, "h.example.com/a/app")).contains("path");
    assertThat(user(credentials, "h.example.com/b/app")).contains("first");
    assertThat(user(credentials, "i.example.com/b/app")).contains("any");
  }

  @Test
  void keepsColonsAndDollars() throws MalformedCredentialsException {
    var credentials = parse("{\"auths\":{" + entry("h.example.com", "robot$a+b:p:q") + "}}");

    assertThat(credentials.find(ImageReference.parse("h.example.com/a")))
        .contains(new Credential.Password("robot$a+b", "p:q"));
  }

  @Test
  void readsPlainUserAndPasswordInLegacyForm() throws MalformedCredentialsException {
    var credentials =
        parse("{\"h.example.com\":{\"username\":\"me\",\"password\":\"secret\",\"email\":\"-\"}}");

    assertThat(user(credentials, "h.example.com/a")).contains("me");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'identitytoken':'t'}                        | IdentityToken",
        "{'registrytoken':'t'}                        | RegistryToken",
        "{'registrytoken':'t','identitytoken':'u'}    | RegistryToken",
        "{'auth':'PHRva2VuPjp0'}                      | IdentityToken",
        "{'username':'<token>','password':'t'}        | IdentityToken",
        "{'identitytoken':'t','auth':'bWU6c2VjcmV0'}  | IdentityToken",
      })
  void readsTokens(String entry, String kind) throws MalformedCredentialsException {
    var json = "{\"auths\":{\"h.example.com\":%s}}".formatted(entry.replace('\'', '"'));

    assertThat(parse(json).find(ImageReference.parse("h.example.com/a")))
        .get()
        .hasToString(kind + "[***]");
  }

  @Test
  void ignoresEntriesWithoutSecret() throws MalformedCredentialsException {
    var credentials = parse("{\"auths\":{\"h.example.com\":{}},\"credsStore\":\"desktop\"}");

    assertThat(user(credentials, "h.example.com/a")).isEmpty();
  }

  @Test
  void masksSecrets() throws MalformedCredentialsException {
    var credentials =
        parse(
            "{\"auths\":{%s,\"i.example.com\":{\"identitytoken\":\"hidden\"}}}"
                .formatted(entry("h.example.com", "me:hidden")));

    assertThat(credentials).hasToString("Credentials[h.example.com, i.example.com]");
    for (var image : List.of("h.example.com/a", "i.example.com/a")) {
      assertThat(credentials.find(ImageReference.parse(image)).toString())
          .contains("***")
          .doesNotContain("hidden");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hidden",
        "\"hidden\"",
        "{\"auths\": hidden}",
        "{\"auths\":[\"hidden\"]}",
        "",
      })
  void reportsMalformedFileWithoutQuotingIt(String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(MalformedCredentialsException.class)
        .hasMessageStartingWith("config.json: ")
        .hasMessageNotContaining("hidden");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'auth':'hidden'}        || its \"auth\" is not base64 of user:password",
        "{'auth':'!hidden!'}      || its \"auth\" is not base64 of user:password",
        "{}                       || the entry has neither \"auth\" nor \"username\" with \"password\"",
        "{}  | ,'credsStore':'desktop' | its secret is in the credential store \"desktop\"",
        "'hidden'                 || the entry is not an object",
      })
  void reportsUnusableEntryOfImage(String entry, String rest, String why)
      throws MalformedCredentialsException {
    var json =
        "{'auths':{'h.example.com':%s}%s}".formatted(entry, Optional.ofNullable(rest).orElse(""));
    var credentials = parse(json.replace('\'', '"'));

    assertThat(credentials.accounts(ImageReference.parse("h.example.com/a"))).isEmpty();
    assertThat(credentials.note(ImageReference.parse("h.example.com/a")))
        .startsWith("config.json, entry \"h.example.com\" cannot be used: " + why)
        .doesNotContain("hidden");
  }

  @Test
  void reportsCredentialHelpers() throws MalformedCredentialsException {
    var credentials = parse("{\"credHelpers\":{\"h.example.com\":\"ecr-login\"}}");

    assertThat(credentials.note(ImageReference.parse("h.example.com/a")))
        .contains("entry \"h.example.com\" cannot be used", "credential helper \"ecr-login\"");
  }

  @Test
  void listsRegistriesIfNoEntryMatches() throws MalformedCredentialsException {
    var credentials =
        parse("{\"auths\":{" + entry("a.example.com/x", "m:1") + "," + entry("b.io", "m:1") + "}}");

    assertThat(credentials.note(ImageReference.parse("h.example.com/a")))
        .isEqualTo(
            "the credentials have no entry for h.example.com, only for a.example.com/x, b.io");
    assertThat(credentials.note(ImageReference.parse("b.io/a"))).isEmpty();
  }

  @Test
  void returnsDistinctAccountsInOrder() throws MalformedCredentialsException {
    var own = parse("{\"auths\":{" + entry("h.example.com", "own:1") + "}}");
    var others =
        Credentials.of(
            List.of(
                parse("{\"auths\":{" + entry("h.example.com", "host:1") + "}}"),
                parse("{\"auths\":{" + entry("h.example.com/a", "path:1") + "}}"),
                parse("{\"auths\":{" + entry("h.example.com", "host:1") + "}}")));

    var users =
        own.before(others).accounts(ImageReference.parse("h.example.com/a/app")).stream()
            .map(account -> ((Credential.Password) account.credential().orElseThrow()).user());

    assertThat(users).containsExactly("own", "path", "host");
  }
}
