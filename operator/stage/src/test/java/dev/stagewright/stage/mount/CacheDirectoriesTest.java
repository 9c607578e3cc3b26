package dev.stagewright.stage.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunMount.Sharing;
import dev.stagewright.stage.NeedsRoot;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Selection of the directory of a cache that is in use. */
@NeedsRoot
class CacheDirectoriesTest {
  @TempDir Path folder;
  private final List<Process> others = new ArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();

  /** Uses a cache as the Pod of another stage does. */
  private CacheDirectories pod() {
    return new CacheDirectories(
        CacheFolder.unlimited(folder.resolve("caches")),
        folder.resolve("own"),
        new NoSources(),
        log::add);
  }

  private static RunMount.Cache cache(Sharing sharing) {
    return new RunMount.Cache(
        "any text/at: all", Optional.empty(), "/", "/c", false, sharing, Optional.empty());
  }

  private static Path use(CacheDirectories caches, Sharing sharing, PreparedMounts prepared) {
    try {
      return caches.use(cache(sharing), prepared);
    } catch (IOException | MountException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"SHARED, SHARED, 0", "PRIVATE, SHARED, 0", "SHARED, PRIVATE, 1"})
  void useByAnotherProcessIsDetected(Sharing theirs, Sharing ours, String directory)
      throws Exception {
    if (theirs == Sharing.PRIVATE) {
      holder(theirs).destroyForcibly().waitFor(); // The lock of an ended process is free.
    } else {
      var _ = holder(theirs);
    }
    try (var prepared = new PreparedMounts()) {
      assertThat(use(pod(), ours, prepared).getFileName()).hasToString(directory);
    }
  }

  private Process holder(Sharing sharing) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.resolve("caches").toString(),
                sharing.name())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    others.add(process);
    assertThat(process.inputReader().readLine()).isEqualTo("held");
    return process;
  }

  @AfterEach
  void endOthers() throws InterruptedException {
    for (var process : others) {
      process.destroyForcibly().waitFor();
    }
  }

  /** A process that uses a cache until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String... arguments) throws IOException {
      var folder = CacheFolder.unlimited(Path.of(arguments[0]));
      var caches = new CacheDirectories(folder, Path.of("/nowhere"), new NoSources(), _ -> {});
      try (var prepared = new PreparedMounts()) {
        var _ = use(caches, Sharing.valueOf(arguments[1]), prepared);
        System.out.println("held");
        var _ = System.in.read();
      }
    }
  }

  @Test
  void privateCachesDifferWhileInUse() throws IOException {
    var one = new PreparedMounts();
    var two = new PreparedMounts();
    var first = use(pod(), Sharing.PRIVATE, one);
    assertThat(use(pod(), Sharing.PRIVATE, two)).isNotEqualTo(first);
    one.close();
    try (var three = new PreparedMounts()) {
      assertThat(use(pod(), Sharing.PRIVATE, three)).isEqualTo(first);
    }
    two.close();
  }

  @Test
  void lockedCacheIsWaitedFor() throws IOException {
    var one = new PreparedMounts();
    var first = use(pod(), Sharing.LOCKED, one);
    try (var two = new PreparedMounts()) {
      var second = CompletableFuture.supplyAsync(() -> use(pod(), Sharing.LOCKED, two));
      await().until(() -> !log.isEmpty());
      assertThat(second).isNotDone();
      one.close();
      assertThat(second.join()).isEqualTo(first);
    }
    assertThat(log)
        .containsExactly(
            "waiting for the cache \"any text/at: all\", which is in use by another instruction");
  }

  @Test
  void commandCanMountACacheTwice() throws IOException {
    var pod = pod();
    try (var prepared = new PreparedMounts()) {
      assertThat(use(pod, Sharing.LOCKED, prepared)).isEqualTo(use(pod, Sharing.LOCKED, prepared));
    }
  }

  @Test
  void incompleteCacheOfAnEndedProcessIsCreatedAgain() throws IOException {
    Path made;
    try (var prepared = new PreparedMounts()) {
      made = use(pod(), Sharing.SHARED, prepared);
    }
    var half = made.resolveSibling("0.new");
    Files.move(made, half);
    Files.createDirectories(half.resolve("half"));
    try (var prepared = new PreparedMounts()) {
      assertThat(use(pod(), Sharing.SHARED, prepared)).isEqualTo(made).isEmptyDirectory();
    }
  }

  @Test
  void scopeSeparatesTheCachesOfBuilds() throws IOException {
    var all = used(inScope(""), Sharing.SHARED);
    var one = used(inScope("one"), Sharing.SHARED);
    assertThat(one).isNotEqualTo(all).isNotEqualTo(used(inScope("other"), Sharing.SHARED));
    assertThat(used(inScope("one"), Sharing.SHARED)).isEqualTo(one);
  }

  private CacheDirectories inScope(String scope) {
    var caches = new CacheFolder(folder.resolve("caches"), scope, OptionalLong.empty());
    return new CacheDirectories(caches, folder.resolve("own"), new NoSources(), log::add);
  }

  private static Path used(CacheDirectories caches, Sharing sharing) throws IOException {
    try (var prepared = new PreparedMounts()) {
      return use(caches, sharing, prepared);
    }
  }

  @Test
  void cacheThatIsEvictedBeforeItsLockIsAvailableIsCreatedAgain() throws IOException {
    var directory = used(pod(), Sharing.SHARED);
    var evicted = new AtomicBoolean();
    // The lock to use the directory is available only after the directory has been removed.
    FileLocking evicting =
        (channel, position, shared) -> {
          if (position == 1 && !evicted.getAndSet(true)) {
            Files.delete(directory);
          }
          return channel.tryLock(position, 1, shared);
        };
    assertThat(used(with(evicting), Sharing.SHARED)).isEqualTo(directory).isEmptyDirectory();
    assertThat(evicted).isTrue();
  }

  private CacheDirectories with(FileLocking locking) {
    return new CacheDirectories(
        new CacheFolder(folder.resolve("caches"), "", OptionalLong.of(0)),
        folder.resolve("own"),
        new NoSources(),
        log::add,
        locking);
  }

  @Test
  void sharedCacheLastsOnAFileSystemWithoutLocks() throws IOException {
    var directory = used(with(CacheDirectoriesTest::noLocks), Sharing.SHARED);
    Files.createFile(directory.resolve("kept"));
    var pod = with(CacheDirectoriesTest::noLocks);
    assertThat(used(pod, Sharing.SHARED)).isEqualTo(directory);
    pod.evict();
    assertThat(directory.resolve("kept")).exists();
    assertThat(log)
        .last()
        .isEqualTo(
            "cache mounts: the file system does not support file locks: No locks available;"
                + " caches are used without locks and not evicted");
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCKED", "PRIVATE"})
  void otherCacheBelongsToThePodOnAFileSystemWithoutLocks(Sharing sharing) throws IOException {
    var pod = with(CacheDirectoriesTest::noLocks);
    var directory = used(pod, sharing);
    assertThat(directory).startsWith(folder.resolve("own")).isEqualTo(used(pod, sharing));
    assertThat(log)
        .first()
        .isEqualTo(
            "cache mounts: the file system does not support file locks: No locks available;"
                + " the cache \"any text/at: all\", which is not shared, lasts only for this stage");
  }

  private static @Nullable FileLock noLocks(FileChannel channel, int position, boolean shared)
      throws IOException {
    throw new IOException("No locks available");
  }
}
