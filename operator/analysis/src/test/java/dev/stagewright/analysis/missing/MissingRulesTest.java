package dev.stagewright.analysis.missing;

import static dev.stagewright.analysis.TestFiles.directory;
import static dev.stagewright.analysis.TestFiles.elf;
import static dev.stagewright.analysis.TestFiles.file;
import static dev.stagewright.analysis.TestFiles.marked;
import static dev.stagewright.analysis.TestFiles.mode;
import static dev.stagewright.analysis.TestFiles.program;
import static dev.stagewright.analysis.TestFiles.symlink;
import static dev.stagewright.analysis.TestFiles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.stagewright.analysis.ImageFixture;
import dev.stagewright.analysis.TestFiles;
import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.layer.LayerFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MissingRulesTest {
  private static final String LINKER = "/lib64/ld-linux-x86-64.so.2";

  private static List<Finding> check(ImageFixture image) {
    return new MissingRules().check(image.build());
  }

  /** An image with one static program, and a /tmp as it should be. */
  private static ImageFixture image(String toolchain, String... mentions) {
    return new ImageFixture()
        .layer(
            "COPY app /",
            marked(program("app", 1000), Set.of(toolchain), mentions),
            mode(directory("tmp"), 01777))
        .entrypoint("/app");
  }

  private static LayerFile libc(String... versions) {
    var linking =
        new ElfFile.Linking(
            Optional.empty(),
            Optional.of("libc.so.6"),
            List.of(),
            new ElfFile.SearchPaths(List.of(), List.of()),
            new ElfFile.SymbolVersions(List.of(), Set.of(versions)));
    return elf("lib/libc.so.6", 1000, TestFiles.elf(linking));
  }

  private static ImageFixture glibc(LayerFile libc, String... mentions) {
    return new ImageFixture()
        .base(libc, file("lib64/ld-linux-x86-64.so.2", 10), mode(directory("tmp"), 01777))
        .layer("COPY", marked(program("app", 10, LINKER, "libc.so.6"), Set.of(), mentions))
        .entrypoint("/app");
  }

  @Test
  void plainProgramNeedsNothing() {
    assertThat(check(image("gcc"))).isEmpty();
  }

  @Test
  void nothingIsKnownWithoutAProgram() {
    assertThat(check(new ImageFixture().entrypoint("/missing"))).isEmpty();
  }

  @Test
  void programsOfTheBaseAreNotTheUsersMistake() {
    var image =
        new ImageFixture()
            .base(marked(program("bin/curl", 10), Set.of(), "curl_easy_init", "TMPDIR", "getpwuid"))
            .entrypoint("/bin/curl");
    assertThat(check(image)).isEmpty();
  }

  @Nested
  final class CertificatesOfAuthorities {
    @ParameterizedTest
    @CsvSource({
      "go, crypto/tls.(*Conn), HINT, POSSIBLE",
      "rust, rustls, HINT, POSSIBLE",
      "gcc, curl_easy_init, WARNING, LIKELY",
      "gcc, SSL_CTX_set_default_verify_paths, WARNING, LIKELY",
    })
    void missing(String toolchain, String mention, Severity severity, Confidence confidence) {
      assertThat(check(image(toolchain, mention)))
          .extracting(Finding::rule, Finding::severity, Finding::confidence)
          .containsExactly(tuple("MissingCertificates", severity, confidence));
    }

    @Test
    void sayWhatHappens() {
      assertThat(check(image("go", "crypto/tls.(*Conn)")))
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.place().path()).contains("/app");
            assertThat(finding.symptom())
                .isEqualTo(
                    "If it does: tls: failed to verify certificate: x509: certificate signed by"
                        + " unknown authority");
            assertThat(finding.fix()).contains("apk add --no-cache ca-certificates");
          });
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "etc/ssl/certs/ca-certificates.crt",
          "etc/ssl/cert.pem",
          "etc/pki/tls/certs/ca-bundle.crt",
          "etc/ssl/certs/5ed36f99.0"
        })
    void present(String path) {
      var image = image("go", "crypto/tls.(*Conn)").layer("COPY", file(path, 10));
      assertThat(check(image)).isEmpty();
    }

    @Test
    void presentThroughALink() {
      var image =
          image("gcc", "curl_easy_init")
              .layer(
                  "COPY",
                  symlink("etc/ssl/cert.pem", "certs/all.crt"),
                  file("etc/ssl/certs/all.crt", 1));
      assertThat(check(image)).isEmpty();
    }

    @Test
    void inTheProgramItself() {
      assertThat(check(image("go", "crypto/tls.(*Conn)", "golang.org/x/crypto/x509roots")))
          .isEmpty();
      assertThat(check(image("rust", "rustls", "webpki_roots"))).isEmpty();
    }

    @Test
    void configured() {
      var image =
          image("go", "crypto/tls.(*Conn)")
              .config(c -> c.withEnv(List.of("SSL_CERT_FILE=/var/run/ca.crt")));
      assertThat(check(image)).isEmpty();
    }

    @Test
    void serversWithTlsDoNotNeedThem() {
      assertThat(check(image("gcc", "SSL_CTX_new"))).isEmpty();
    }
  }

  @Nested
  final class TimeZone {
    @Test
    void ofTheEnvironment() {
      var image = image("gcc").config(c -> c.withEnv(List.of("TZ=Europe/Berlin")));
      assertThat(check(image))
          .extracting(Finding::rule, Finding::severity, Finding::symptom)
          .containsExactly(tuple("MissingTimeZone", Severity.WARNING, "Times are in UTC."));
      image.layer("RUN apk add tzdata", file("usr/share/zoneinfo/Europe/Berlin", 10));
      assertThat(check(image)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "CET-1CEST", ""})
    void withoutFile(String zone) {
      assertThat(check(image("gcc").config(c -> c.withEnv(List.of("TZ=" + zone))))).isEmpty();
    }

    @Test
    void ofGo() {
      assertThat(check(image("go", "time.LoadLocation\0")))
          .extracting(Finding::rule, Finding::confidence)
          .containsExactly(tuple("MissingTimeZone", Confidence.POSSIBLE));
      assertThat(check(image("go", "time.LoadLocation\0", "time/tzdata"))).isEmpty();
      assertThat(check(image("go", "time.LoadLocationFromTZData"))).isEmpty();
    }
  }

  @Nested
  final class Tmp {
    private ImageFixture scratch(String... mentions) {
      return new ImageFixture()
          .layer("COPY", marked(program("app", 10), Set.of(), mentions))
          .entrypoint("/app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/", "TMPDIR", "mkstemp", "os.CreateTemp"})
    void missing(String mention) {
      assertThat(check(scratch(mention))).extracting(Finding::rule).containsExactly("MissingTmp");
    }

    @Test
    void textInTheLibraryOfGo() {
      var program = marked(program("app", 10), Set.of("go"), "/tmp/");
      assertThat(check(new ImageFixture().layer("COPY", program).entrypoint("/app"))).isEmpty();
    }

    @Test
    void notUsed() {
      assertThat(check(scratch())).isEmpty();
    }

    @Test
    void volume() {
      assertThat(check(scratch("/tmp/").config(c -> c.withVolumes(Set.of("/tmp"))))).isEmpty();
    }

    @Test
    void notWritable() {
      var image =
          new ImageFixture()
              .layer("COPY", program("app", 10), directory("tmp"))
              .config(c -> c.withUser("1000"))
              .entrypoint("/app");
      assertThat(check(image))
          .extracting(Finding::rule, Finding::message)
          .containsExactly(
              tuple("TmpNotWritable", "User 1000 cannot write to /tmp, which has the mode 755."));
      assertThat(check(image.config(c -> c.withUser("root")))).isEmpty();
    }
  }

  @Nested
  final class User {
    @Test
    void withoutEntry() {
      var image = image("go", "os/user.").config(c -> c.withUser("1000:1000"));
      assertThat(check(image))
          .extracting(Finding::rule, Finding::symptom)
          .containsExactly(tuple("MissingPasswdEntry", "If it does: user: unknown userid 1000"));
    }

    @Test
    void withEntry() {
      var image =
          image("go", "os/user.")
              .layer("COPY", text("etc/passwd", "app:x:1000:1000::/home/app:/bin/sh\n"))
              .config(c -> c.withUser("1000"));
      assertThat(check(image)).isEmpty();
    }

    @Test
    void notLookedUp() {
      assertThat(check(image("go").config(c -> c.withUser("1000")))).isEmpty();
    }
  }

  @Nested
  final class NameResolution {
    @Test
    void oldGlibcNeedsALibrary() {
      var image = glibc(libc("GLIBC_2.2.5", "GLIBC_2.31"), "getaddrinfo");
      assertThat(check(image))
          .extracting(Finding::rule, Finding::symptom)
          .containsExactly(tuple("MissingResolver", "Temporary failure in name resolution"));
      image.layer("COPY", file("lib/libnss_dns.so.2", 1));
      assertThat(check(image)).isEmpty();
    }

    @Test
    void newGlibcDoesNot() {
      assertThat(check(glibc(libc("GLIBC_2.2.5", "GLIBC_2.34"), "getaddrinfo"))).isEmpty();
    }
  }

  @Nested
  final class Locale {
    private List<Finding> check(String locale, LayerFile... files) {
      return MissingRulesTest.check(
          glibc(libc()).layer("RUN", files).config(c -> c.withEnv(List.of("LANG=" + locale))));
    }

    @Test
    void missing() {
      assertThat(check("de_DE.UTF-8"))
          .extracting(Finding::rule, Finding::message)
          .containsExactly(
              tuple(
                  "MissingLocale",
                  "The image does not have the locale de_DE.UTF-8 of its environment."));
    }

    @Test
    void present() {
      assertThat(check("de_DE.UTF-8", file("usr/lib/locale/locale-archive", 10))).isEmpty();
      assertThat(check("de_DE.UTF-8", directory("usr/lib/locale/de_DE.utf8"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", "POSIX"})
    void builtIn(String locale) {
      assertThat(check(locale)).isEmpty();
    }
  }
}
