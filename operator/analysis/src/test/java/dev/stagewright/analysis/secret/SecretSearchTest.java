package dev.stagewright.analysis.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.layer.FileFacts.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All values are made here, so that none is in the sources. */
class SecretSearchTest {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final SecretSearch search = new SecretSearch();

  private static String random(String letters, int length) {
    var random = new Random(7);
    var text = new StringBuilder();
    for (var i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static String random(int length) {
    return random(LETTERS, length);
  }

  private List<Secret> search(String path, String text) {
    var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return search.search(path, bytes, bytes.length);
  }

  private List<String> kinds(String path, String text) {
    return search(path, text).stream().map(Secret::kind).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "ghp_,36,github-pat",
    "gho_,36,github-oauth",
    "github_pat_,82,github-fine-grained-pat",
    "glpat-,20,gitlab-pat",
    "npm_,36,npm-access-token",
    "pypi-AgEI,80,pypi-upload-token",
    "dckr_pat_,27,docker-pat",
    "sk_live_,24,stripe-access-token",
    "AIza,35,gcp-api-key",
    "hvs.,95,vault-service-token"
  })
  void findsTokensByTheirForm(String start, int length, String kind) {
    assertThat(search("app/config.js", "const a = 1;\nconst t = '" + start + random(length) + "';"))
        .containsExactly(new Secret(kind, 2));
  }

  @Test
  void findsKeysOfAws() {
    var id = "AKIA" + random("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
    var text =
        "[default]\naws_access_key_id = " + id + "\naws_secret_access_key = " + random(40) + "\n";

    assertThat(search("root/.aws/credentials", text))
        .containsExactly(new Secret("aws-access-token", 2), new Secret("aws-secret-access-key", 3));
  }

  @ParameterizedTest
  @CsvSource({
    "'',private-key",
    "'RSA ',private-key",
    "'OPENSSH ',private-key",
    "'ENCRYPTED ',encrypted-private-key"
  })
  void findsPrivateKeys(String name, String kind) {
    var key = "-----BEGIN " + name + "PRIVATE KEY-----\n" + random(64) + "\n" + random(64) + "\n";

    assertThat(kinds("etc/app/tls.key", key)).containsExactly(kind);
  }

  @Test
  void findsAPrivateKeyInTheServiceAccountOfGoogleCloud() {
    var json = "{\"private_key\": \"-----BEGIN PRIVATE KEY-----\\n" + random(64) + "\\n\"}";

    assertThat(kinds("app/account.json", json)).containsExactly("private-key");
  }

  @Test
  void aKeyOfTheOldFormWithAPasswordIsEncrypted() {
    var key =
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0102\n\n"
            + random(64);

    assertThat(kinds("key.pem", key)).containsExactly("encrypted-private-key");
  }

  @ParameterizedTest
  @CsvSource({
    "root/.git-credentials,https://me:R4nd0mValue@github.com,git-credentials",
    "root/.netrc,machine a login b password R4nd0mValue,netrc",
    "app/.npmrc,//registry.npmjs.org/:_authToken=R4nd0mValue,npmrc",
    "root/.pypirc,password: R4nd0mValue,pypirc",
    "etc/pip.conf,index-url = https://me:R4nd0mValue@pypi.corp/simple,pip-credentials",
    "root/.docker/config.json,'{\"auths\":{\"r.io\":{\"auth\":\"bWU6UjRuZDBt\"}}}',docker-auth"
  })
  void findsCredentialsInFilesThatAreMadeForThem(String path, String text, String kind) {
    assertThat(kinds(path, text)).containsExactly(kind);
    assertThat(kinds("srv/readme.txt", text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "app/.npmrc,//registry.npmjs.org/:_authToken=${NPM_TOKEN}",
    "root/.git-credentials,https://user:<token>@github.com",
    "app/readme.md,AKIAIOSFODNN7EXAMPLE",
    "app/readme.md,ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "app/readme.md,ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "usr/lib/libssl.h,-----BEGIN PRIVATE KEY-----",
    "app/a.js,const pem = '-----BEGIN PRIVATE KEY-----' + key"
  })
  void placeholdersAreNotSecrets(String path, String text) {
    assertThat(search(path, text)).isEmpty();
  }

  @Test
  void keysOfTestsAndExamplesAreNotSecrets() {
    var key = "-----BEGIN PRIVATE KEY-----\n" + random(64) + "\n";

    assertThat(search("usr/lib/python3/test/keycert.pem", key)).isEmpty();
    assertThat(search("usr/share/doc/openssl/demo.pem", key)).isEmpty();
    assertThat(search("app/testdata/server.key", key)).isEmpty();
    assertThat(search("app/latest/server.key", key)).hasSize(1);
  }

  @Test
  void aPartOfALongerWordIsNotASecret() {
    assertThat(search("a.txt", "xghp_" + random(36))).isEmpty();
    assertThat(search("a.txt", "ghp_" + random(60))).isEmpty();
  }

  @Test
  void reportsTheFirstSecretsOfAFileWithMany() {
    var line = "ghp_" + random(36) + "\n";

    assertThat(search("tokens.txt", line.repeat(1000))).hasSizeLessThan(50);
  }

  @Property(tries = 200, seed = "1")
  void neverThrows(@ForAll byte[] text, @ForAll long seed) {
    var patterns = SecretPatterns.all();
    var random = new Random(seed);
    var content = new StringBuilder();
    for (var i = 0; i < 20; i++) {
      content.append(patterns.get(random.nextInt(patterns.size())).start());
      content.append(new String(text, StandardCharsets.ISO_8859_1));
    }
    search(".npmrc", content.toString());
  }
}
