package dev.stagewright.analysis.leak;

import static dev.stagewright.analysis.TestFiles.directory;
import static dev.stagewright.analysis.TestFiles.file;
import static dev.stagewright.analysis.TestFiles.mode;
import static dev.stagewright.analysis.TestFiles.owner;
import static dev.stagewright.analysis.TestFiles.secret;
import static dev.stagewright.analysis.TestFiles.symlink;
import static dev.stagewright.analysis.TestFiles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.stagewright.analysis.ImageFixture;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LeakRulesTest {
  /** Has the form of a token, but is none. */
  private static final String TOKEN = "ghp_" + "aB3dE5gH7jK9mN1pQ3sT5vX7zA2cE4gI6kM8";

  private static List<Finding> check(ImageFixture image) {
    return new LeakRules().check(image.build());
  }

  @Test
  void ordinaryBaseImageHasNoFindings() {
    var image =
        new ImageFixture()
            .base(
                mode(file("usr/bin/su", 10), 04755),
                mode(directory("var/local"), 02775),
                mode(directory("run/lock"), 01777),
                mode(directory("data"), 0777),
                secret("etc/ssl/private/ssl-cert.key", "private-key"),
                file("root/.netrc", 10),
                owner(file("srv/a", 1), 4711, 4711),
                text("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"))
            .history("ENV GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305")
            .config(c -> c.withEnv(List.of("PATH=/usr/bin", "LANG=C.UTF-8")));
    assertThat(check(image)).isEmpty();
  }

  @Test
  void idsAreUnique() {
    assertThat(new LeakRules().descriptions())
        .extracting(Rule.Description::id)
        .doesNotHaveDuplicates();
  }

  @Nested
  final class Files {
    @Test
    void secretInContent() {
      assertThat(check(new ImageFixture().layer("COPY . .", secret("app/key.pem", "private-key"))))
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("SecretInFile");
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.place())
                .isEqualTo(new Place(Optional.of("/app/key.pem"), Optional.of(0)));
            assertThat(finding.message())
                .isEqualTo("The image contains a secret: /app/key.pem, line 3: private-key.");
            assertThat(finding.fix()).contains("--mount=type=secret");
          });
    }

    @Test
    void deletedFileIsStillInTheImage() {
      var image = new ImageFixture().layer("COPY", secret("id", "private-key")).remove("id");
      assertThat(check(image))
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("SecretInDeletedFile");
            assertThat(finding.place().layer()).contains(0);
          });
    }

    @Test
    void deletedCredentialFile() {
      var image = new ImageFixture().layer("COPY", file("root/.netrc", 9)).remove("root/.netrc");
      assertThat(check(image)).extracting(Finding::rule).containsExactly("SecretInDeletedFile");
    }

    @ParameterizedTest
    @CsvSource({
      "root/.git-credentials, CredentialFile, ERROR",
      "root/.netrc, CredentialFile, ERROR",
      "root/.ssh/id_rsa, CredentialFile, ERROR",
      "home/app/.ssh/id_ed25519, CredentialFile, ERROR",
      "root/.aws/credentials, CredentialFile, ERROR",
      "root/.kube/config, CredentialFile, ERROR",
      "app/kubeconfig, CredentialFile, ERROR",
      "app/.env, PossibleCredentialFile, WARNING",
      "app/.env.production, PossibleCredentialFile, WARNING",
      "app/my-service-account.json, PossibleCredentialFile, WARNING",
      "app/serviceaccount-prod.json, PossibleCredentialFile, WARNING",
      "app/client.p12, PossibleCredentialFile, WARNING",
      "app/.npmrc, PossibleCredentialFile, HINT",
      "root/.docker/config.json, PossibleCredentialFile, HINT",
    })
    void credentialsByName(String path, String rule, Severity severity) {
      assertThat(check(new ImageFixture().layer("COPY . .", file(path, 100))))
          .extracting(Finding::rule, Finding::severity)
          .containsExactly(tuple(rule, severity));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "app/.env.example",
          "app/.env.sample",
          "root/.ssh/id_rsa.pub",
          "app/config.json",
          "app/node_modules/dotenv/.env",
          "usr/lib/python3/dist-packages/x/.netrc",
          "app/tests/id_rsa",
          "etc/ssl/certs/ca-certificates.crt",
          "app/environment"
        })
    void ignoreOrdinaryNames(String path) {
      assertThat(check(new ImageFixture().layer("COPY . .", file(path, 100)))).isEmpty();
    }

    @Test
    void ignoreEmptyFiles() {
      assertThat(check(new ImageFixture().layer("RUN touch .env", file(".env", 0)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "usr/lib/python3/dist-packages/twisted/test/key.pem",
          "app/node_modules/https/server.key",
          "usr/local/go/src/crypto/x509/platform_root_key.pem",
          "usr/share/doc/openssl/key.pem"
        })
    void ignoreTestKeysOfLibraries(String path) {
      assertThat(check(new ImageFixture().layer("RUN", secret(path, "private-key")))).isEmpty();
    }

    @Test
    void tokensInLibrariesCount() {
      assertThat(
              check(
                  new ImageFixture().layer("RUN", secret("node_modules/a/x", "npm-access-token"))))
          .extracting(Finding::rule)
          .containsExactly("SecretInFile");
    }

    @Test
    void encryptedKeyIsOnlyAWarning() {
      assertThat(check(new ImageFixture().layer("RUN", secret("key", "encrypted-private-key"))))
          .extracting(Finding::severity)
          .containsExactly(Severity.WARNING);
    }
  }

  @Nested
  final class Config {
    private List<Finding> env(String... variables) {
      return check(new ImageFixture().layer("COPY").config(c -> c.withEnv(List.of(variables))));
    }

    @Test
    void tokenInVariable() {
      assertThat(env("SOME_NAME=" + TOKEN))
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("SecretInEnvironment");
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.place()).isEqualTo(Place.CONFIG);
            assertThat(finding.message()).isEqualTo("ENV SOME_NAME is a secret (github-pat).");
          });
    }

    @Test
    void secretByName() {
      assertThat(env("DB_PASSWORD=hunter2"))
          .extracting(Finding::severity, Finding::message)
          .containsExactly(
              tuple(Severity.WARNING, "ENV DB_PASSWORD seems to be a secret, and has a value."));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "DB_PASSWORD=",
          "DB_PASSWORD_FILE=/run/secrets/db",
          "SSH_PRIVATE_KEY=/etc/ssh/key",
          "TOKEN=$OTHER",
          "USE_TOKEN=true",
          "TOKENIZER=fast",
          "GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305",
          "PATH=/usr/bin",
          "URL=https://example.com/a:b"
        })
    void ignoreOrdinaryVariables(String variable) {
      assertThat(env(variable)).isEmpty();
    }

    @Test
    void passwordInUrl() {
      assertThat(env("DATABASE_URL=postgres://app:s3cretValue@db/app"))
          .extracting(Finding::message)
          .containsExactly("ENV DATABASE_URL is a secret (password in a URL).");
    }

    @Test
    void variablesOfTheBaseAreNotTheUsersMistake() {
      var image =
          new ImageFixture()
              .history("ENV PKG_TOKEN=abcdefgh")
              .base(file("bin/sh", 1))
              .config(c -> c.withEnv(List.of("PKG_TOKEN=abcdefgh")));
      assertThat(check(image)).isEmpty();
    }

    @Test
    void label() {
      var image = new ImageFixture().config(c -> c.withLabels(Map.of("ci", "token " + TOKEN)));
      assertThat(check(image)).extracting(Finding::rule).containsExactly("SecretInLabel");
    }

    @Test
    void command() {
      var image = new ImageFixture().entrypoint("/app", "--token=" + TOKEN);
      assertThat(check(image)).extracting(Finding::rule).containsExactly("SecretInCommand");
    }

    @Test
    void buildArgument() {
      var image =
          new ImageFixture().layer("RUN |2 VERSION=1.0 TOKEN=hunter2 x /bin/sh -c make TOKEN=y");
      assertThat(check(image))
          .extracting(Finding::rule, Finding::severity, Finding::message)
          .containsExactly(
              tuple(
                  "SecretInHistory",
                  Severity.WARNING,
                  "The history contains the value of ARG TOKEN, which seems to be a secret."));
    }

    @Test
    void tokenAsBuildArgument() {
      var image = new ImageFixture().layer("|1 T=" + TOKEN + " /bin/sh -c git clone");
      assertThat(check(image))
          .extracting(Finding::severity, Finding::message)
          .containsExactly(
              tuple(
                  Severity.ERROR,
                  "The history contains the value of ARG T, which is a secret (github-pat)."));
    }

    @Test
    void tokenInInstruction() {
      var image =
          new ImageFixture().layer("COPY a b").layer("RUN /bin/sh -c curl -H 'X: " + TOKEN + "'");
      assertThat(check(image))
          .extracting(Finding::message)
          .containsExactly("Entry 2 of the history (RUN) contains a secret (github-pat).");
    }

    @Test
    void variableThatIsReplacedLaterIsStillInTheHistory() {
      var image =
          new ImageFixture()
              .history("ENV T=" + TOKEN)
              .history("ENV T=")
              .config(c -> c.withEnv(List.of("T=")));
      assertThat(check(image)).extracting(Finding::rule).containsExactly("SecretInHistory");
    }

    @Test
    void variableIsReportedOnce() {
      var image =
          new ImageFixture()
              .history("ENV T=" + TOKEN)
              .config(c -> c.withEnv(List.of("T=" + TOKEN)));
      assertThat(check(image)).extracting(Finding::rule).containsExactly("SecretInEnvironment");
    }

    @Test
    void valuesDoNotAppear() {
      var image =
          new ImageFixture()
              .layer("RUN |1 A=" + TOKEN + " /bin/sh -c echo " + TOKEN)
              .history("LABEL x=" + TOKEN)
              .entrypoint(TOKEN)
              .config(c -> c.withLabels(Map.of("x", TOKEN)))
              .config(c -> c.withEnv(List.of("PASSWORD=hunter22", "B=" + TOKEN)));
      assertThat(check(image)).hasSizeGreaterThan(3);
      assertThat(check(image).toString()).doesNotContain(TOKEN).doesNotContain("hunter22");
    }
  }

  @Nested
  final class Permissions {
    @Test
    void setuidProgram() {
      var image = new ImageFixture().layer("COPY", mode(file("usr/local/bin/helper", 10), 04755));
      assertThat(check(image))
          .extracting(Finding::rule, Finding::severity, Finding::message)
          .containsExactly(
              tuple(
                  "SetuidFile",
                  Severity.WARNING,
                  "/usr/local/bin/helper runs with the permissions of its owner (setuid), whoever"
                      + " starts it."));
    }

    @Test
    void setuidProgramOfAPackageIsAHint() {
      var image =
          new ImageFixture()
              .layer("RUN apt-get install -y sudo", mode(file("usr/bin/sudo", 10), 04755));
      assertThat(check(image)).extracting(Finding::severity).containsExactly(Severity.HINT);
    }

    @Test
    void setuidProgramOfTheBaseThatIsCopiedUp() {
      var su = mode(file("usr/bin/su", 10), 04755);
      assertThat(check(new ImageFixture().base(su).layer("RUN chown", su))).isEmpty();
    }

    @Test
    void worldWritableDirectoryCoversItsFiles() {
      var image =
          new ImageFixture()
              .layer(
                  "RUN chmod -R 777 /app",
                  mode(directory("app"), 0777),
                  mode(directory("app/data"), 0777),
                  mode(file("app/data/a", 1), 0777),
                  symlink("app/link", "data"));
      assertThat(check(image))
          .extracting(Finding::rule, Finding::message)
          .containsExactly(
              tuple(
                  "WorldWritable",
                  "All users can create, replace, and delete files in /app, and change 2 files and"
                      + " directories in it."));
    }

    @Test
    void worldWritableFiles() {
      var image =
          new ImageFixture()
              .layer("COPY", mode(file("app/a", 1), 0666), mode(file("app/b", 1), 0666));
      assertThat(check(image))
          .extracting(Finding::message)
          .containsExactly("All users can change /app/a and 1 more in the same directory.");
    }

    @Test
    void stickyDirectoriesAreRight() {
      assertThat(check(new ImageFixture().layer("RUN mkdir", mode(directory("tmp"), 01777))))
          .isEmpty();
    }

    @Test
    void unknownOwner() {
      var image =
          new ImageFixture()
              .base(text("etc/passwd", "root:x:0:0::/root:/bin/sh\napp:x:100:100::/:/bin/sh\n"))
              .layer(
                  "ADD x.tar /x",
                  owner(file("x/a", 1), 1001, 1001),
                  owner(file("x/b", 1), 1001, 1001),
                  owner(file("x/c", 1), 100, 100));
      assertThat(check(image))
          .extracting(Finding::rule, Finding::message)
          .containsExactly(
              tuple(
                  "UnknownOwner",
                  "/x/a and 1 more belong to user 1001, whom /etc/passwd does not contain."));
    }

    @Test
    void numberInUserIsEnough() {
      var image =
          new ImageFixture()
              .layer("COPY --chown=1000", owner(file("app", 1), 1000, 1000))
              .config(c -> c.withUser("1000:1000"));
      assertThat(check(image)).isEmpty();
    }
  }
}
