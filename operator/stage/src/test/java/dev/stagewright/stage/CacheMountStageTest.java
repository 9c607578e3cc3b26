package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.mounted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunMount.CacheAttributes;
import dev.stagewright.protocol.RunMount.Sharing;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cache mounts that last, in both sandboxes. */
@NeedsRoot
@ParameterizedClass
@EnumSource(names = {"IN_PLACE", "USER_NAMESPACE"})
class CacheMountStageTest {
  private static final Step.CopyFrom CONTEXT = new Step.CopyFrom.Context();

  @Parameter SandboxKind sandbox = SandboxKind.IN_PLACE;
  @TempDir Path folder;
  private TestRoot root;
  private TestStage stages;
  private int runs;

  @BeforeEach
  void prepare() throws IOException {
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    stages = new TestStage(folder.resolve("workspace"), sandbox);
    stages.context(TarEntry.file("seed/a", 0));
  }

  /** Runs a stage with these options in a new Pod with the same caches, and returns its output. */
  private List<String> build(List<String> options, Step... steps) throws IOException {
    var before = stages.log().length();
    var id = "s" + runs++;
    stages.options(options.toArray(String[]::new));
    var code = stages.stage(id, TestStage.BASE, List.of(), true, steps).run(id, root.path());
    assertThat(code).as(stages.log()).isZero();
    return stages.log().substring(before).lines().filter(line -> !line.startsWith("[")).toList();
  }

  private List<String> build(Step... steps) throws IOException {
    return build(List.of(), steps);
  }

  private static RunMount cache(String id, Sharing sharing) {
    return new RunMount.Cache(id, Optional.empty(), "/", "/c", false, sharing, Optional.empty());
  }

  private static RunMount cache(Optional<Step.CopyFrom> seed, CacheAttributes... attributes) {
    return new RunMount.Cache(
        "c",
        seed,
        seed.isPresent() ? "/seed" : "/",
        "/c",
        false,
        Sharing.SHARED,
        List.of(attributes).stream().findFirst());
  }

  @ParameterizedTest
  @EnumSource(Sharing.class)
  void laterBuildSeesTheFiles(Sharing sharing) throws IOException {
    var cache = cache("go", sharing);
    build(mounted("mkdir /c/d; echo 1 > /c/d/f; chmod 600 /c/d/f", cache));
    var list = "cat /c/d/f; stat -c '%a %u' /c /c/d/f";
    assertThat(build(mounted(list, cache))).containsExactly("1", "755 0", "600 0");
    assertThat(build(mounted("ls /c", cache("other", sharing)))).isEmpty();
  }

  @Test
  void idsOfAScopeAreSeparate() throws IOException {
    var cache = cache("go", Sharing.SHARED);
    build(mounted("touch /c/all", cache));
    build(List.of("--cache-scope", "one"), mounted("touch /c/one", cache));
    build(List.of("--cache-scope", "two"), mounted("touch /c/two", cache));
    assertThat(build(List.of("--cache-scope", "one"), mounted("ls /c", cache)))
        .containsExactly("one");
    assertThat(build(mounted("ls /c", cache))).containsExactly("all");
  }

  @Test
  void attributesApplyToANewCache() throws IOException {
    var cache = cache(Optional.empty(), new CacheAttributes(01770, 1000, 1001));
    assertThat(build(mounted("stat -c '%a %u %g' /c; chmod 700 /c; chown 7 /c", cache)))
        .containsExactly("1770 1000 1001");
    assertThat(build(mounted("stat -c '%a %u %g' /c", cache))).containsExactly("700 7 1001");
  }

  @Test
  void seedIsTheInitialContent() throws IOException {
    var cache = cache(Optional.of(CONTEXT));
    assertThat(build(mounted("ls /c; rm /c/a; touch /c/b", cache))).containsExactly("a");
    assertThat(build(mounted("ls /c", cache))).containsExactly("b");
    var withoutSeed = cache(Optional.empty());
    assertThat(build(mounted("ls /c", withoutSeed))).isEmpty();
  }

  @Test
  void cachesAreEvictedAboveTheLimit() throws IOException {
    build(mounted("echo x > /c/f", cache("first", Sharing.SHARED)));
    var limit = List.of("--cache-limit", Integer.toString(100 * 1024));
    var second = mounted("printf '%090000d' 0 > /c/f", cache("second", Sharing.LOCKED));
    assertThat(build(limit, second)).isEmpty();
    var third = mounted("printf '%090000d' 0 > /c/f", cache("third", Sharing.PRIVATE));
    assertThat(build(limit, third))
        .hasSize(2)
        .satisfiesOnlyOnce(line -> assertThat(line).startsWith("evicted the cache \"first\""))
        .satisfiesOnlyOnce(line -> assertThat(line).startsWith("evicted the cache \"second\""));
    assertThat(build(mounted("ls /c", cache("first", Sharing.SHARED)))).isEmpty();
    assertThat(build(mounted("ls /c", cache("third", Sharing.SHARED)))).containsExactly("f");
  }
}
