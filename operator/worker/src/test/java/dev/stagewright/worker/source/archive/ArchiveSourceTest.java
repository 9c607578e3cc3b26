package dev.stagewright.worker.source.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import dev.stagewright.worker.context.ContextWriter;
import dev.stagewright.worker.download.DownloadOptions;
import dev.stagewright.worker.download.FileServer;
import dev.stagewright.worker.download.FileServer.Answer;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import dev.stagewright.worker.source.archive.TestArchives.Item;
import dev.stagewright.worker.source.archive.TestArchives.ZipItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveSourceTest {
  private static final ArchiveLimits LIMITS = new ArchiveLimits(100_000, 50_000, 5, 20_000, 20);

  @TempDir private Path directory;
  private FileServer server;

  @BeforeEach
  void serve() throws IOException {
    server = FileServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("dev.stagewright.worker.source.archive.TestArchives#compressors")
  void readsTarArchives(TestArchives.Compressor compressor) throws Exception {
    var tar =
        TestArchives.tar(
            Item.of(TarEntry.directory("src").withMode(0700)),
            new Item(
                TarEntry.file("src/run.sh", 2).withMode(0750).withOwner(7, 8).withMtime(9, 1),
                "hi"),
            Item.of(TarEntry.symlink("src/link", "../Dockerfile")),
            Item.file("Dockerfile", "FROM a"));
    serve(TestArchives.compressed(tar, compressor));

    try (var tree = fetch(http())) {
      assertThat(entries(tree))
          .containsExactly(
              TarEntry.file("Dockerfile", 6),
              TarEntry.directory("src").withMode(0700),
              TarEntry.symlink("src/link", "../Dockerfile"),
              TarEntry.file("src/run.sh", 2).withMode(0750).withMtime(9, 1));
      assertThat(read(tree, "src/run.sh")).isEqualTo("hi");
      assertThat(tree.revision()).isEmpty();
    }
  }

  @Test
  void readsZipArchives() throws Exception {
    serve(
        TestArchives.zip(
            new ZipItem("src/", 0040755, ""),
            new ZipItem("src/run.sh", 0100750, "hi"),
            new ZipItem("src/link", 0120777, "run.sh"),
            new ZipItem("made-on-windows.txt", 0, "x")));

    try (var tree = fetch(http())) {
      assertThat(entries(tree))
          .extracting(TarEntry::name, TarEntry::type, TarEntry::mode)
          .containsExactly(
              tuple("made-on-windows.txt", TarEntry.Type.FILE, 0644),
              tuple("src", TarEntry.Type.DIRECTORY, 0755),
              tuple("src/link", TarEntry.Type.SYMLINK, 0777),
              tuple("src/run.sh", TarEntry.Type.FILE, 0750));
      assertThat(read(tree, "src/run.sh")).isEqualTo("hi");
      assertThat(entries(tree).getLast().mtimeSeconds()).isEqualTo(1_700_000_000);
    }
  }

  @Test
  void recordsWhatWasFetched() throws Exception {
    var archive = TestArchives.tar(Item.file("Dockerfile", "FROM a"));
    serve(archive);

    try (var tree = fetch(http())) {
      var origin = tree.origin().orElseThrow();
      assertThat(origin.url()).isEqualTo(server.url("/app.tgz"));
      assertThat(origin.digest()).isEqualTo(Digest.of(archive).toString());
      assertThat(tree.description()).isEqualTo("archive " + server.url("/app.tgz"));
    }
    assertThat(directory.resolve("scratch")).doesNotExist();
  }

  @Test
  void removesPathComponentsAndSelectsADirectory() throws Exception {
    serve(
        TestArchives.tar(
            Item.of(TarEntry.directory("app-1.2")),
            Item.file("app-1.2/README", "x"),
            Item.file("app-1.2/web/Dockerfile", "FROM a"),
            Item.of(TarEntry.hardLink("app-1.2/web/copy", "app-1.2/README"))));

    try (var tree = fetch(http(Optional.of("./web/"), 1))) {
      assertThat(entries(tree)).extracting(TarEntry::name).containsExactly("Dockerfile", "copy");
      assertThat(read(tree, "copy")).isEqualTo("x");
    }
  }

  @Test
  void findsDirectoriesWithoutEntries() throws Exception {
    serve(TestArchives.tar(Item.file("a/b/c", "x")));

    try (var tree = fetch(http())) {
      assertThat(tree.entry("a/b")).contains(new SourceEntry.Directory("a/b"));
      assertThat(tree.entry("a/b/c")).isPresent();
      assertThat(tree.entry("a/x")).isEmpty();
    }
  }

  @Test
  void keepsHardLinksInTheContext() throws Exception {
    serve(
        TestArchives.tar(
            Item.file("b", "x"), Item.of(TarEntry.hardLink("a", "b")), Item.file("c", "y")));

    try (var tree = fetch(http())) {
      var summary = new ContextWriter(_ -> false).write(tree, directory.resolve("context"));
      assertThat(summary.files()).isEqualTo(2);
    }
  }

  @Test
  void acceptsTheExpectedChecksum() throws Exception {
    var archive = TestArchives.tar(Item.file("Dockerfile", "FROM a"));
    serve(archive);

    var expected = Digest.of(archive).toString();
    try (var tree = fetch(http(Optional.of(expected)))) {
      assertThat(tree.entry("Dockerfile")).isPresent();
    }
  }

  @Test
  void refusesAnotherChecksumBeforeTheArchiveIsRead() throws Exception {
    serve("not an archive".getBytes(StandardCharsets.UTF_8));

    var failure = failureOf(http(Optional.of("sha256:" + "0".repeat(64))));
    assertThat(failure.reason()).isEqualTo(FailureReason.ChecksumMismatch);
    assertThat(failure.message())
        .startsWith("spec.source.http: " + server.url("/app.tgz") + " has the checksum sha256:")
        .contains("but sha256:000");
  }

  @Test
  void sendsCredentialsOfTheMountedSecret() throws Exception {
    serve(TestArchives.tar(Item.file("Dockerfile", "FROM a")));
    secret("token", "t0k3n\n");

    fetch(http()).close();

    assertThat(server.requests()).containsExactly("/app.tgz Bearer t0k3n");
  }

  @Test
  void namesAnUnusableSecret() throws Exception {
    secret("pass", "x");

    assertThat(failureOf(http()).message())
        .isEqualTo(
            "Secret login of spec.source.http.credentials: it needs the keys username and password,"
                + " or the key token, but has only pass");
  }

  @Test
  void reportsDeniedAccess() {
    server.on("/app.tgz", new Answer(401, ""));

    var failure = failureOf(http());
    assertThat(failure.reason()).isEqualTo(FailureReason.SourceUnauthorized);
    assertThat(failure.message())
        .contains("invalid response status 401", "name a Secret in spec.source.http.credentials");
  }

  @Test
  void doesNotShowTheQueryOfAUrl() {
    var url = server.url("/missing.tgz?signature=s3cret");

    var failure = failureOf(new SourceRequest.Http(url, Optional.empty(), Optional.empty(), 0));
    assertThat(failure.reason()).isEqualTo(FailureReason.SourceNotFound);
    assertThat(failure.message()).contains("/missing.tgz").doesNotContain("s3cret");
  }

  @Test
  void refusesAFileThatIsNotAnArchive() throws Exception {
    serve("<html>log in</html>".repeat(100).getBytes(StandardCharsets.UTF_8));

    assertThat(refusal())
        .contains("it is neither a tar archive, plain or compressed with gzip, bzip2, xz or zstd");
  }

  @Test
  void refusesATruncatedArchive() throws Exception {
    var tar = TestArchives.tar(Item.file("a", "x".repeat(5000)));
    serve(Arrays.copyOf(tar, 2000));

    assertThat(refusal()).contains("corrupt");
  }

  @Test
  void refusesATruncatedCompressedArchive() throws Exception {
    var tar = TestArchives.tar(Item.file("a", "x".repeat(5000)), Item.file("b", "y"));
    for (var compressor : TestArchives.compressors().subList(1, 5)) {
      var compressed = TestArchives.compressed(tar, compressor);
      serve(Arrays.copyOf(compressed, compressed.length / 2));

      var failure = failureOf(http());
      assertThat(failure.reason()).isEqualTo(FailureReason.SourceInvalid);
    }
  }

  @Test
  void refusesPathsThatLeaveTheArchive() throws Exception {
    serve(TestArchives.renamed(TestArchives.tar(Item.file("aa/evil", "x")), "aa/evil", "../evil"));
    assertThat(refusal()).endsWith("the entry ../evil has a path that contains ..");

    serve(TestArchives.renamed(TestArchives.tar(Item.file("aa/evil", "x")), "aa/evil", "/a/evil"));
    assertThat(refusal()).contains("the entry /a/evil has an absolute path");

    serve(TestArchives.zip(new ZipItem("a/../../evil", 0, "x")));
    assertThat(refusal()).endsWith("the entry a/../../evil has a path that contains ..");
  }

  @ParameterizedTest
  @CsvSource({"a/b/link,../../../x", "link,../x", "a/link,x/../../../y", "link,/etc/passwd"})
  void refusesLinksThatLeaveTheArchive(String name, String target) throws Exception {
    serve(TestArchives.tar(Item.of(TarEntry.symlink(name, target))));

    assertThat(refusal())
        .endsWith(
            "the entry %s is a symbolic link to %s, which is outside of the archive"
                .formatted(name, target));
  }

  @Test
  void refusesEntriesBelowALink() throws Exception {
    serve(TestArchives.tar(Item.of(TarEntry.symlink("a", "b")), Item.file("a/x", "1")));

    assertThat(refusal()).endsWith("the entry a/x is below a, which is a symbolic link");
  }

  @Test
  void refusesALinkThatReplacesADirectory() throws Exception {
    serve(TestArchives.tar(Item.file("a/x", "1"), Item.of(TarEntry.symlink("a", "b"))));

    assertThat(refusal())
        .endsWith("the entry a exists twice: as a directory and as a symbolic link");
  }

  @Test
  void refusesHardLinksToOtherThanEarlierFiles() throws Exception {
    serve(TestArchives.tar(Item.of(TarEntry.hardLink("a", "b")), Item.file("b", "1")));

    assertThat(refusal())
        .endsWith("the entry a is a hard link to b, which is not a file before it in the archive");
  }

  @Test
  void refusesDevicesAndPipes() throws Exception {
    serve(TestArchives.tar(Item.of(TarEntry.device("dev/sda", TarEntry.Type.BLOCK_DEVICE, 8, 0))));
    assertThat(refusal()).endsWith("the entry dev/sda is a device, which a source cannot contain");

    serve(TestArchives.tar(Item.of(TarEntry.fifo("pipe"))));
    assertThat(refusal()).endsWith("the entry pipe is a named pipe, which a source cannot contain");

    serve(TestArchives.zip(new ZipItem("dev", 0020666, "")));
    assertThat(refusal()).contains("the entry dev is a device");
  }

  @Test
  void refusesTooManyEntries() throws Exception {
    var items = new Item[21];
    for (var i = 0; i < items.length; i++) {
      items[i] = Item.file("f" + i, "");
    }
    serve(TestArchives.tar(items));

    assertThat(refusal()).endsWith("it has more than 20 entries");
  }

  @Test
  void refusesTooMuchContent() throws Exception {
    serve(TestArchives.tar(Item.file("a", "x".repeat(30_000)), Item.file("b", "x".repeat(30_000))));

    assertThat(refusal())
        .endsWith("the entry b makes the content larger than the limit of 50000 bytes");
  }

  @Test
  void refusesAnArchiveBomb() throws Exception {
    var tar = TestArchives.tar(Item.file("bomb", "x".repeat(30_000)));
    serve(TestArchives.compressed(tar, TestArchives.compressors().get(1)));

    assertThat(refusal())
        .contains(
            "the entry bomb makes the content larger than 20000 bytes, which is not plausible");
  }

  @Test
  void namesTheContentsIfTheDirectoryDoesNotExist() throws Exception {
    serve(TestArchives.tar(Item.file("app-1.2/Dockerfile", "FROM a")));

    var failure = failureOf(http(Optional.of("web"), 0));
    assertThat(failure.reason()).isEqualTo(FailureReason.SourceNotFound);
    assertThat(failure.message())
        .endsWith("has no directory web; at its top level, it has app-1.2");
  }

  @Test
  void verifiesTheArtifactOfFlux() throws Exception {
    var archive = TestArchives.tar(Item.file("Dockerfile", "FROM a"));
    serve(archive);
    var commit = "0123456789abcdef0123456789abcdef01234567";

    try (var tree = sources().fetch(flux(Digest.of(archive).toString(), "main@sha1:" + commit))) {
      assertThat(tree.revision()).contains(commit);
      assertThat(tree.branch()).contains("main");
      assertThat(tree.origin().orElseThrow().url()).isEqualTo("https://git.example.com/app");
      assertThat(tree.description())
          .isEqualTo("artifact of GitRepository app, revision main@sha1:" + commit);
    }
    var failure =
        catchThrowableOfType(
                BuildFailedException.class,
                () -> sources().fetch(flux("sha256:" + "0".repeat(64), "main@sha1:" + commit)))
            .failure();
    assertThat(failure.reason()).isEqualTo(FailureReason.ChecksumMismatch);
  }

  private SourceRequest.Flux flux(String digest, String revision) {
    return new SourceRequest.Flux(
        "GitRepository",
        "app",
        server.url("/app.tgz"),
        digest,
        revision,
        "https://git.example.com/app",
        Optional.empty());
  }

  private void serve(byte[] archive) {
    server.on("/app.tgz", Answer.file(archive));
  }

  private void secret(String key, String value) throws IOException {
    var secret = Files.createDirectories(directory.resolve("access/credentials/login"));
    Files.writeString(secret.resolve(key), value);
  }

  private SourceRequest.Http http() {
    return http(Optional.empty(), 0);
  }

  private SourceRequest.Http http(Optional<String> digest) {
    return new SourceRequest.Http(server.url("/app.tgz"), digest, Optional.empty(), 0);
  }

  private SourceRequest.Http http(Optional<String> root, int strip) {
    return new SourceRequest.Http(server.url("/app.tgz"), Optional.empty(), root, strip);
  }

  private ArchiveSource sources() {
    var options =
        new DownloadOptions(
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5)),
            new Retry(2, _ -> {}),
            ProxyEnvironment.NONE);
    return new ArchiveSource(
        directory.resolve("access"), directory.resolve("scratch"), options, LIMITS);
  }

  private SourceTree fetch(SourceRequest.Http source) throws IOException {
    return sources().fetch(source);
  }

  private Failure failureOf(SourceRequest.Http source) {
    return catchThrowableOfType(BuildFailedException.class, () -> fetch(source)).failure();
  }

  private String refusal() {
    var failure = failureOf(http());
    assertThat(failure.reason()).isEqualTo(FailureReason.SourceInvalid);
    return failure.message();
  }

  private static List<TarEntry> entries(SourceTree tree) throws IOException {
    var entries = new ArrayList<TarEntry>();
    tree.walk(entry -> {
      if (entry instanceof SourceEntry.Exact(var exact, _, _)) {
        entries.add(exact);
      }
    });
    return entries;
  }

  private static String read(SourceTree tree, String path) throws IOException {
    var entry = (SourceEntry.Exact) tree.entry(path).orElseThrow();
    try (var in = entry.content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
