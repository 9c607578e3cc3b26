package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.files.ArchiveFormat;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The layers of a stage. */
@NeedsRoot
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = SandboxKind.class,
    names = {"IN_PLACE", "USER_NAMESPACE"})
class SnapshotStageTest {
  @Parameter SandboxKind sandbox = SandboxKind.IN_PLACE;
  @TempDir Path folder;
  private TestRoot root;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    build = new TestStage(folder.resolve("workspace"), sandbox);
    for (var directory : new String[] {"srv/deep/er", "opt"}) {
      Files.createDirectories(root.path().resolve(directory));
    }
    for (var file : new String[] {"srv/a", "srv/b", "srv/deep/c", "srv/deep/er/d", "opt/e"}) {
      root.write(file, "content\n");
    }
    Files.createLink(root.path().resolve("opt/f"), root.path().resolve("opt/e"));
  }

  private void runs(Step... steps) throws IOException {
    var code = build.stage("s0", TestStage.BASE, List.of(), true, steps).run("s0", root.path());
    assertThat(code).as(build.log()).isZero();
  }

  @ParameterizedTest(name = "{0} gives {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true                                        |
          cat /srv/a                                  |
          touch /srv/new                              | srv/ srv/new
          rm /srv/a                                   | srv/ srv/.wh.a
          rm -r /srv/deep                             | srv/ srv/.wh.deep
          chmod 600 /srv/a                            | srv/ srv/a
          chmod 700 /srv/deep                         | srv/ srv/deep/
          chown 5 /srv/deep/er/d                      | srv/ srv/deep/ srv/deep/er/ srv/deep/er/d
          rm /srv/a; mkdir /srv/a                     | srv/ srv/a/
          rm /srv/a; ln -s b /srv/a                   | srv/ srv/a
          rm -r /srv/deep; echo > /srv/deep           | srv/ srv/deep
          rm -r /srv/deep; mkdir /srv/deep            | srv/ srv/deep/ srv/deep/.wh.c srv/deep/.wh.er
          mv /srv/a /srv/z                            | srv/ srv/.wh.a srv/z
          touch /tmp/x; rm /tmp/x                     |
          mkfifo /srv/p                               | srv/ srv/p
          mkdir -p /srv/x/y; rm /srv/b                | srv/ srv/.wh.b srv/x/ srv/x/y/
          """)
  void layerContainsChanges(String script, String expected) throws IOException {
    runs(run(script));
    var names = expected == null ? List.of() : List.of(expected.split(" ", 0));
    assertThat(build.layer("s0", 0)).isEqualTo(names);
  }

  @Test
  void eachStepHasItsOwnLayer() throws IOException {
    runs(run("touch /srv/one"), run("true"), run("touch /srv/two"));
    assertThat(build.layer("s0", 0)).containsExactly("srv/", "srv/one");
    assertThat(build.layer("s0", 1)).isEmpty();
    assertThat(build.layer("s0", 2)).containsExactly("srv/", "srv/two");
  }

  @Test
  void layersHaveCompressionAndTimesOfThePlan() throws IOException {
    build.layers(new LayerOptions(LayerOptions.Algorithm.ZSTD, Optional.of(1_000_000_000L)));
    runs(run("touch /srv/new; touch -d @915148800 /srv/old"));

    var layer = build.blob("s0", 0);
    assertThat(build.result("s0").layers().getFirst().blob().mediaType())
        .isEqualTo(MediaTypes.LAYER_ZSTD);
    var times = new TreeMap<String, Long>();
    var tar = new TarReader(ArchiveFormat.decompress(Files.newInputStream(layer)));
    for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
      times.put(entry.get().name(), entry.get().mtimeSeconds());
    }
    assertThat(times)
        .isEqualTo(
            Map.of("srv", 1_000_000_000L, "srv/new", 1_000_000_000L, "srv/old", 915_148_800L));
  }

  @Test
  void changeWithSameSizeAndTimeIsFound() throws IOException {
    runs(
        run(
            "touch -r /srv/a /tmp/time; echo changed > /srv/a; touch -r /tmp/time /srv/a;"
                + " rm /tmp/time"));
    assertThat(build.layer("s0", 0)).containsExactly("srv/", "srv/a");
  }

  @Test
  void modesOwnersAndLinksAreKept() throws IOException {
    runs(
        run(
            "cd /srv/deep/er; echo x > s; chown 7:8 s; chmod 4755 s; ln s t; ln -s ../nowhere u;"
                + " mkfifo x"));
    var out = Files.createDirectory(folder.resolve("out"));
    Tar.extract(build.blob("s0", 0), out);
    assertThat(
            Tar.lines("sh", "-c", "cd " + out + "/srv/deep/er && stat -c '%n %A %u:%g %h %t,%T' *"))
        .containsExactly(
            "s -rwsr-xr-x 7:8 2 0,0",
            "t -rwsr-xr-x 7:8 2 0,0",
            "u lrwxrwxrwx 0:0 1 0,0",
            "x prw-r--r-- 0:0 1 0,0");
  }

  @Test
  void devicesAreCreatedIfAllowed() throws IOException {
    var mknod = run("mknod /srv/v c 1 3; mknod /srv/w b 7 300; true");
    runs(mknod);
    assertThat(Tar.verbose(build.blob("s0", 0)).stream().map(line -> line.substring(0, 1)))
        .containsExactlyElementsOf(
            switch (sandbox) {
              case IN_PLACE, DIRECTORY -> List.of("d", "c", "b");
              case USER_NAMESPACE -> List.of();
            });
  }

  @Test
  void changedHardLinkOfTheBaseIsASeparateFile() throws IOException {
    runs(run("touch /opt/e"));
    assertThat(build.layer("s0", 0))
        .containsExactlyElementsOf(
            switch (sandbox) {
              // On an overlay, as in a Pod, the result is the same as below.
              case IN_PLACE, DIRECTORY -> List.of("opt/", "opt/e", "opt/f");
              case USER_NAMESPACE -> List.of("opt/", "opt/e");
            });
  }

  @Test
  void namesNeedNotBeUtf8() throws IOException {
    runs(run("cd /srv; touch \"$(printf 'caf\\351')\" \"$(printf 'two\\nlines')\""));
    var out = Files.createDirectory(folder.resolve("out"));
    Tar.extract(build.blob("s0", 0), out);
    var names = RootFileSystem.open(out).list("srv");
    assertThat(names).containsExactly("caf\u00e9", "two\nlines");
  }

  @Test
  void layersAreReproducible() throws IOException {
    runs(run("touch -d '2001-01-01 00:00:00' /srv/n /srv"), run("true"));
    var first = build.result("s0").layers();
    Files.deleteIfExists(root.path().resolve("srv/n"));
    var again = new TestStage(folder.resolve("again"), sandbox);
    again.stage(
        "s0",
        TestStage.BASE,
        List.of(),
        true,
        run("touch -d '2001-01-01 00:00:00' /srv/n /srv"),
        run("true"));
    assertThat(again.run("s0", root.path())).isZero();
    assertThat(again.result("s0").layers()).isEqualTo(first);
  }
}
