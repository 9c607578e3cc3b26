package dev.stagewright.worker.source.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.protocol.stream.SourceStreamHeader;
import dev.stagewright.protocol.stream.SourceStreamHeader.StreamedDockerfile;
import dev.stagewright.protocol.stream.SourceStreamWriter;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.context.ContextWriter;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamReceiverTest {
  private static final SourceStreamHeader HEADER =
      new SourceStreamHeader(
          Optional.of(new StreamedDockerfile("Dockerfile", "FROM scratch", Optional.empty())));

  /** Never passes in a test whose data comes. */
  private static final long LONG = 3600;

  @TempDir private Path directory;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** Writes the entries of an archive. */
  private interface Content {
    void write(TarWriter tar) throws IOException;
  }

  private static byte[] stream(Content content) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var stream = new SourceStreamWriter(out, HEADER)) {
      try (var tar = new TarWriter(stream)) {
        content.write(tar);
      }
      stream.finish();
    }
    return out.toByteArray();
  }

  private static void file(TarWriter tar, String name, String text) throws IOException {
    tar.put(
        TarEntry.file(name, text.length()).withMode(0640).withMtime(12, 345).withOwner(1000, 100),
        new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private SourceTree receive(InputStream input, SourceRequest.Stream source) throws IOException {
    return new StreamReceiver(
            source, directory.resolve("stream"), new Log(new PrintStream(printed, true, UTF_8)))
        .receive(input);
  }

  private SourceTree receive(byte[] stream) throws IOException {
    return receive(
        new ByteArrayInputStream(stream), new SourceRequest.Stream(LONG, Optional.empty()));
  }

  private void assertFailure(byte[] stream, FailureReason reason, String message) {
    assertThatThrownBy(() -> receive(stream))
        .asInstanceOf(type(BuildFailedException.class))
        .satisfies(e -> {
          assertThat(e.failure().reason()).isEqualTo(reason);
          assertThat(e.failure().message()).contains(message);
        });
  }

  private void assertRefused(Content content, String message) throws IOException {
    assertFailure(stream(content), FailureReason.SourceStreamBroken, message);
  }

  @Test
  void filesKeepModeAndTimeAndBelongToRoot() throws IOException {
    try (var tree =
        receive(
            stream(tar -> {
              tar.put(TarEntry.directory("bin").withMode(0700).withMtime(7, 0));
              file(tar, "bin/run", "hello");
              tar.put(TarEntry.symlink("link", "bin/run"));
            }))) {
      assertThat(tree.entry("bin/run"))
          .map(entry -> ((SourceEntry.Exact) entry).entry())
          .contains(TarEntry.file("bin/run", 5).withMode(0640).withMtime(12, 345));
      assertThat(paths(tree)).containsExactly("bin", "bin/run", "link");
      assertThat(tree.dockerfile().orElseThrow().text()).isEqualTo("FROM scratch");
    }
    assertThat(printed.toString(UTF_8)).contains("received 3 files", "stagewright-source sha256:");
    assertThat(directory.resolve("stream")).doesNotExist();
  }

  private static List<String> paths(SourceTree tree) throws IOException {
    var paths = new ArrayList<String>();
    tree.walk(entry -> paths.add(entry.path()));
    return paths;
  }

  @Test
  void filesAreMovedToTheContext() throws IOException {
    var context = directory.resolve("context");
    try (var tree =
        receive(
            stream(tar -> {
              tar.put(TarEntry.directory("bin").withMode(0700).withMtime(7, 0));
              file(tar, "bin/run", "hello");
            }))) {
      var written = new ContextWriter(_ -> false).write(tree, context);

      assertThat(written).isEqualTo(new ContextWriter.Summary(1, 5));
      assertThat(directory.resolve("stream")).isEmptyDirectory();
      assertThat(paths(tree)).containsExactly("bin", "bin/run");
    }
    try (var tar = contextTar(context)) {
      assertThat(tar.entry("bin"))
          .contains(TarEntry.directory("bin").withMode(0700).withMtime(7, 0));
      assertThat(new String(tar.open("bin/run").readAllBytes(), UTF_8)).isEqualTo("hello");
    }
  }

  @Test
  void theContextHasNoBytesOfExcludedFiles() throws IOException {
    var context = directory.resolve("context");
    try (var tree =
        receive(
            stream(tar -> {
              file(tar, "app", "hello");
              file(tar, "secret", "a-password");
            }))) {
      new ContextWriter("secret"::equals).write(tree, context);
    }
    try (var tar = contextTar(context)) {
      assertThat(tar.children("")).containsExactly("app");
    }
    assertThat(Files.readString(context.resolve(Workspace.TAR))).doesNotContain("a-password");
  }

  @Test
  void directoriesWithoutAnEntryGetOne() throws IOException {
    var context = directory.resolve("context");
    try (var tree = receive(stream(tar -> file(tar, "bin/run", "hello")))) {
      new ContextWriter(_ -> false).write(tree, context);
    }
    try (var tar = contextTar(context)) {
      assertThat(tar.entry("bin")).contains(TarEntry.directory("bin"));
    }
  }

  private static IndexedTar contextTar(Path context) throws IOException {
    return IndexedTar.open(context.resolve(Workspace.TAR), context.resolve(Workspace.INDEX));
  }

  @Test
  void hardLinksAreHardLinksOfTheContext() throws IOException {
    var context = directory.resolve("context");
    try (var tree =
        receive(
            stream(tar -> {
              file(tar, "b", "x");
              tar.put(TarEntry.hardLink("a", "b"));
            }))) {
      new ContextWriter(_ -> false).write(tree, context);
    }

    try (var tar =
        IndexedTar.open(context.resolve(Workspace.TAR), context.resolve(Workspace.INDEX))) {
      assertThat(tar.entry("b").orElseThrow().linkName()).isEqualTo("a");
      assertThat(tar.open("b")).hasContent("x");
      assertThat(tar.entry("a").orElseThrow().mode()).isEqualTo(0640);
    }
  }

  @Test
  void orderOfTheStreamDoesNotMatter() throws IOException {
    try (var tree =
        receive(
            stream(tar -> {
              file(tar, "b/c", "1");
              tar.put(TarEntry.directory("b"));
              file(tar, "a", "2");
            }))) {
      assertThat(paths(tree)).containsExactly("a", "b", "b/c");
    }
  }

  @Test
  void pathsOutsideOfTheSourceAreRefused() throws IOException {
    assertRefused(tar -> file(tar, "../etc/passwd", "x"), "../etc/passwd is not a path inside");
    assertRefused(tar -> file(tar, "a/../../b", "x"), "is not a path inside of the source");
  }

  @Test
  void filesBelowLinksAreRefused() throws IOException {
    assertRefused(
        tar -> {
          tar.put(TarEntry.symlink("a", "/etc"));
          file(tar, "a/passwd", "x");
        },
        "a/passwd is below a file that is not a directory");
    assertRefused(
        tar -> {
          file(tar, "a/passwd", "x");
          tar.put(TarEntry.symlink("a", "/etc"));
        },
        "a/passwd is below a file that is not a directory");
  }

  @Test
  void hardLinksToOtherFilesAreRefused() throws IOException {
    assertRefused(
        tar -> tar.put(TarEntry.hardLink("a", "etc/passwd")),
        "a is a link to a file that is not before it");
  }

  @Test
  void duplicatesAreRefused() throws IOException {
    assertRefused(
        tar -> {
          file(tar, "a", "1");
          file(tar, "a", "2");
        },
        "a occurs twice");
  }

  @Test
  void truncatedStreamFailsTheBuild() throws IOException {
    var whole = stream(tar -> file(tar, "a", "1"));

    assertFailure(
        Arrays.copyOf(whole, whole.length - 1),
        FailureReason.SourceStreamBroken,
        "the stream of the source is not complete: it ends before its end; run the build again");
  }

  @Test
  void foreignStreamFailsTheBuild() {
    assertFailure(
        "tar: this is a message, not a source".getBytes(UTF_8),
        FailureReason.SourceStreamBroken,
        "it is not a stream of stagewright build");
  }

  @Test
  void clientThatDisconnectsFailsTheBuild() {
    assertFailure(
        new byte[0], FailureReason.SourceStreamBroken, "disconnected before it sent the source");
  }

  @Test
  void waitsOnlySoLongForAClient() throws IOException {
    try (var client = new PipedOutputStream();
        var input = new PipedInputStream(client)) {
      assertThatThrownBy(() -> receive(input, new SourceRequest.Stream(0, Optional.empty())))
          .asInstanceOf(type(BuildFailedException.class))
          .extracting(e -> e.failure().reason())
          .isEqualTo(FailureReason.SourceNotReceived);
    }
  }

  @Test
  void waitsOnlySoLongForMoreData() throws IOException {
    try (var client = new PipedOutputStream();
        var open = new PipedInputStream(client)) {
      var begin = Arrays.copyOf(stream(tar -> file(tar, "a", "1")), 30);
      assertThatThrownBy(() ->
              receive(
                  new SequenceInputStream(new ByteArrayInputStream(begin), open),
                  new SourceRequest.Stream(1, Optional.empty())))
          .asInstanceOf(type(BuildFailedException.class))
          .extracting(e -> e.failure().message())
          .asString()
          .contains("no more data came for 1 seconds");
    }
  }

  @Test
  void sizeIsBounded() throws IOException {
    var stream = stream(tar -> file(tar, "a", "x".repeat(100_000)));

    assertThatThrownBy(() ->
            receive(
                new ByteArrayInputStream(stream),
                new SourceRequest.Stream(LONG, Optional.of(50_000L))))
        .asInstanceOf(type(BuildFailedException.class))
        .satisfies(e -> {
          assertThat(e.failure().reason()).isEqualTo(FailureReason.SourceTooLarge);
          assertThat(e.failure().message()).contains("maxSize, 50.0 kB");
        });
  }
}
