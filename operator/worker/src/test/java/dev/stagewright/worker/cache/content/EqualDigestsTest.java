package dev.stagewright.worker.cache.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import dev.stagewright.stage.copy.CopyException;
import dev.stagewright.stage.copy.CopyInstruction;
import dev.stagewright.stage.copy.CopySources;
import dev.stagewright.stage.copy.SourceFiles;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random trees of files: if a step reads the same digest from two of them, its copies of them are
 * the same. The differences are small, so many digests are equal.
 */
@EnabledIf(value = "isRoot", disabledReason = "copies have their owners, which takes root")
class EqualDigestsTest {
  private static final int TREES = 60;

  @TempDir private Path folder;

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void equalDigestsHaveEqualCopies(long seed) throws IOException, CopyException {
    var random = new SplittableRandom(seed);
    var step = step(random);
    var copies = new HashMap<Digest, List<String>>();
    for (var i = 0; i < TREES; i++) {
      try (var tree = tree(random, folder.resolve(seed + "-" + i))) {
        var digest = FilesDigest.of(step.from());
        try {
          new SourceFiles(new OneTree(tree)).list(step, digest);
        } catch (CopyException _) {
          continue; // Fails as COPY does, see SourceFilesTest.
        }
        var copy = copy(step, tree, folder.resolve(seed + "-" + i + "-copy"));
        var same = copies.putIfAbsent(digest.finish().digest(), copy);
        if (same != null) {
          assertThat(copy).as(step.toString()).isEqualTo(same);
        }
      }
    }
    assertThat(copies)
        .as("Not all trees differ, and not all are equal")
        .hasSizeBetween(2, TREES - 5);
  }

  private static Step.Copy step(SplittableRandom random) {
    var from = random.nextBoolean() ? new CopyFrom.Context() : new CopyFrom.Stage("s0");
    var sources = List.of(".", "a", "d", "d/", "*", "d/*", "d/e", "l");
    var excludes = List.of(List.<String>of(), List.of("x"), List.of("e", "!e/z"), List.of("**/y"));
    return Step.Copy.builder(new InstructionPosition("Dockerfile", 1, "COPY"), from, "/out/")
        .sources(List.of(one(random, sources), one(random, sources)))
        .exclude(one(random, excludes))
        .parents(random.nextInt(3) == 0)
        .build();
  }

  private static <T> T one(SplittableRandom random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** Each tree has some of a few files, with one of two contents, modes, owners and times. */
  private static IndexedTar tree(SplittableRandom random, Path folder) throws IOException {
    Files.createDirectory(folder);
    try (var out = new IndexedTarWriter(folder.resolve("tar"), folder.resolve("idx"))) {
      var written = new ArrayList<String>();
      for (var name : List.of("a", "b", "d", "d/e", "d/e/z", "d/x", "d/y", "l")) {
        var entry = entry(random, name, written);
        if (entry.isPresent()) {
          out.put(
              entry.get().withMtime(random.nextInt(9), 0),
              new ByteArrayInputStream(new byte[(int) entry.get().size()]));
          written.add(name);
        }
      }
      out.finish();
    }
    return IndexedTar.open(folder.resolve("tar"), folder.resolve("idx"));
  }

  private static Optional<TarEntry> entry(
      SplittableRandom random, String name, List<String> written) {
    var odd = random.nextInt(6) == 0;
    if (odd && name.equals("d/y") && written.contains("d/x")) {
      return Optional.of(TarEntry.hardLink(name, "d/x"));
    }
    return switch (name) {
      case "d", "d/e" -> Optional.of(TarEntry.directory(name).withMode(odd ? 0700 : 0755));
      case "l" -> Optional.of(TarEntry.symlink(name, odd ? "a" : "d"));
      default ->
          random.nextInt(8) == 0
              ? Optional.empty()
              : Optional.of(
                  TarEntry.file(name, odd ? 2 : 1).withOwner(random.nextInt(8) == 0 ? 7 : 0, 0));
    };
  }

  /** All that a copy has except times, one line a file. */
  private static List<String> copy(Step.Copy step, IndexedTar tree, Path root)
      throws IOException, CopyException {
    Files.createDirectory(root);
    try (var files = RootFileSystem.open(root)) {
      new CopyInstruction(new OneTree(tree)).execute(step, files);
    }
    var inodes = new HashMap<Object, String>();
    try (var all = Files.walk(root)) {
      var lines = new ArrayList<String>();
      for (var file : all.sorted().toList()) {
        lines.add(line(root, file, inodes));
      }
      return lines;
    }
  }

  private static String line(Path root, Path file, Map<Object, String> inodes) throws IOException {
    var name = root.relativize(file).toString();
    var attributes = Files.readAttributes(file, "unix:mode,uid,gid,ino", LinkOption.NOFOLLOW_LINKS);
    var first =
        Optional.ofNullable(inodes.putIfAbsent(String.valueOf(attributes.get("ino")), name))
            .orElse(name);
    var content =
        Files.isSymbolicLink(file)
            ? Files.readSymbolicLink(file).toString()
            : Files.isDirectory(file) ? "" : Long.toString(Files.size(file));
    return "%s %s %s:%s %s %s"
        .formatted(
            name,
            attributes.get("mode"),
            attributes.get("uid"),
            attributes.get("gid"),
            first,
            content);
  }

  /** The same files for all sources. */
  private record OneTree(IndexedTar tar) implements CopySources {
    @Override
    public IndexedTar open(CopyFrom from) {
      return tar;
    }

    @Override
    public IndexedTar open(Step.Remote remote) {
      return tar;
    }

    @Override
    public String describe(CopyFrom from) {
      return "the source";
    }

    @Override
    public Optional<String> workingDirectory(CopyFrom from) {
      return Optional.empty();
    }

    @Override
    public String definition(CopyFrom from) {
      return "definition";
    }
  }
}
