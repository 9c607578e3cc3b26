package dev.stagewright.analysis.elf;

import dev.stagewright.analysis.content.TextSearch;
import java.util.List;
import java.util.stream.Stream;

/**
 * The texts that the reader looks for in ELF files: paths and names of functions that tell what a
 * program may need at run time. A rule that needs another text adds it here.
 *
 * <p>A text says what is linked into a file, not what it calls: all programs with the package
 * {@code time} of Go contain the path of the time zones, but only those that look one up contain
 * {@code time.LoadLocation}.
 */
public final class Mentions {
  /** What tells that a program looks for certificates of authorities, or uses TLS. */
  public static final List<String> TLS =
      List.of(
          "/etc/ssl/certs",
          "/etc/ssl/cert.pem",
          "/etc/pki/tls",
          "ca-certificates.crt",
          "SSL_CERT_FILE",
          "SSL_CTX_new",
          "SSL_connect",
          "SSL_CTX_set_default_verify_paths",
          "curl_easy_init",
          "gnutls_init",
          "mbedtls_ssl_handshake",
          "crypto/tls.(*Conn)",
          "crypto/x509.(*Certificate)",
          "crypto/x509.loadSystemRoots",
          "golang.org/x/crypto/x509roots",
          "rustls",
          "webpki_roots",
          "webpki-roots");

  /** Time zones. */
  public static final List<String> TIME_ZONES =
      List.of("/usr/share/zoneinfo", "time.LoadLocation\0", "time/tzdata", "localtime", "tzset");

  /** Names of hosts, users and groups. */
  public static final List<String> NAMES =
      List.of(
          "libnss_",
          "/etc/nsswitch.conf",
          "/etc/resolv.conf",
          "/etc/hosts",
          "/etc/services",
          "/etc/passwd",
          "/etc/group",
          "getaddrinfo",
          "gethostbyname",
          "getpwnam",
          "getpwuid",
          "getgrnam",
          "os/user.",
          "net.(*Resolver)");

  /** Files and programs that a program may use. */
  public static final List<String> FILES =
      List.of(
          "/tmp/",
          "TMPDIR",
          "mkstemp",
          "tmpfile",
          "os.MkdirTemp",
          "os.CreateTemp",
          "/bin/sh",
          "/bin/bash",
          "/dev/shm",
          "popen");

  /** Locales. */
  public static final List<String> LOCALES = List.of("setlocale", "/usr/lib/locale", "iconv_open");

  /** What a program loads while it runs, and libraries that are linked into it. */
  public static final List<String> LINKING =
      List.of("dlopen", "libgcc_s.so.1", "glibc.malloc", "build\tCGO_ENABLED=1", "musl libc");

  /** Part of the folders that are compiled into the dynamic linker of Debian. */
  public static final List<String> LIBRARY_FOLDERS =
      List.of(
          "/lib/x86_64-linux-gnu",
          "/lib/i386-linux-gnu",
          "/lib/aarch64-linux-gnu",
          "/lib/arm-linux-gnueabihf",
          "/lib/riscv64-linux-gnu",
          "/lib/powerpc64le-linux-gnu",
          "/lib/s390x-linux-gnu");

  /** What the reader itself needs to know. */
  static final List<String> TOOLCHAINS =
      List.of(
          Toolchains.GO_BUILD_INFO,
          Toolchains.GO_LEVEL + 2,
          Toolchains.GO_LEVEL + 3,
          Toolchains.GO_LEVEL + 4,
          Toolchains.RUST_SOURCES,
          Toolchains.RUST_PANIC);

  /** All of them. */
  static final List<String> ALL =
      Stream.of(TLS, TIME_ZONES, NAMES, FILES, LOCALES, LINKING, LIBRARY_FOLDERS, TOOLCHAINS)
          .flatMap(List::stream)
          .toList();

  static final TextSearch SEARCH = new TextSearch(ALL);

  private Mentions() {}
}
