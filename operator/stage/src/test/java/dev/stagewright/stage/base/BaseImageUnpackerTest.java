package dev.stagewright.stage.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.stage.NeedsRoot;
import dev.stagewright.stage.Tar;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Base images are unpacked as by a container runtime, and nothing leaves the root. */
@NeedsRoot
class BaseImageUnpackerTest {
  private static final UnpackLimit LARGE = new UnpackLimit(1 << 30, 10_000);
  private static final byte[] CAPABILITY = {
    1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  @TempDir Path folder;
  private Path root;
  private final List<StageBase.BaseLayer> layers = new ArrayList<>();
  private final Map<Digest, byte[]> blobs = new HashMap<>();

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    Files.writeString(folder.resolve("secret"), "secret");
  }

  private static byte[] tar(TarEntry... entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      for (var entry : entries) {
        if (entry.type() == TarEntry.Type.FILE) {
          var content = new byte[(int) entry.size()];
          Arrays.fill(content, (byte) 'x');
          tar.put(entry, new ByteArrayInputStream(content));
        } else {
          tar.put(entry);
        }
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private void layer(TarEntry... entries) throws IOException {
    var tar = tar(entries);
    layer(gzip(tar), Digest.of(tar));
  }

  private void layer(byte[] blob, Digest diffId) {
    var digest = Digest.of(blob);
    blobs.put(digest, blob);
    layers.add(
        new StageBase.BaseLayer(
            new Descriptor(MediaTypes.LAYER_GZIP, digest, blob.length), diffId));
  }

  private boolean unpack() throws IOException {
    return unpack(LARGE);
  }

  private boolean unpack(UnpackLimit limit) throws IOException {
    var name = ImageReference.parse("docker.io/library/base:1");
    var image = new StageBase.Image("base", name, name, layers, Set.of(), List.of());
    try (var files = RootFileSystem.openConfined(root)) {
      return new BaseImageUnpacker(this::open, limit).provide(image, files);
    }
  }

  private InputStream open(StageBase.Image image, StageBase.BaseLayer layer) {
    return new ByteArrayInputStream(
        java.util.Optional.ofNullable(blobs.get(layer.blob().digest())).orElseThrow());
  }

  private List<String> listing() throws IOException {
    return Tar.lines(
        "sh", "-c", "cd " + root + " && find . -mindepth 1 -printf '%P %y %m %U:%G %l\\n' | sort");
  }

  private static TarEntry file(String name) {
    return TarEntry.file(name, 4).withMode(0644).withMtime(1_000_000_000, 123_456_789);
  }

  private static TarEntry directory(String name) {
    return TarEntry.directory(name).withMode(0755).withMtime(1_000_000_000, 0);
  }

  @Test
  void filesKeepAllProperties() throws IOException {
    layer(
        directory("d").withMode(01777).withOwner(1, 2),
        file("d/f").withMode(04755).withOwner(100_000, 70_000),
        TarEntry.hardLink("d/again", "d/f"),
        TarEntry.symlink("d/link", "/etc/passwd").withMtime(1_100_000_000, 0),
        TarEntry.fifo("d/pipe").withMode(0600),
        TarEntry.device("d/null", TarEntry.Type.CHARACTER_DEVICE, 1, 3).withMode(0666),
        file("d/able").withMode(0755).withXattrs(Map.of("security.capability", CAPABILITY)));

    assertThat(unpack()).isTrue();

    assertThat(listing())
        .containsExactly(
            "d d 1777 1:2 ",
            "d/able f 755 0:0 ",
            "d/again f 4755 100000:70000 ",
            "d/f f 4755 100000:70000 ",
            "d/link l 777 0:0 /etc/passwd",
            "d/null c 666 0:0 ",
            "d/pipe p 600 0:0 ");
    assertThat(
            Tar.lines(
                "sh", "-c", "cd " + root + "/d && stat -c '%h %Y' f . link && stat -c %.9Y able"))
        .containsExactly("2 1000000000", "2 1000000000", "1 1100000000", "1000000000.123456789");
    assertThat(Tar.lines("getcap", root.resolve("d/able").toString()).getFirst())
        .contains("cap_net_bind_service");
  }

  @Test
  void laterLayersChangeEarlierOnes() throws IOException {
    layer(
        directory("a"),
        file("a/1"),
        file("a/2"),
        directory("b"),
        file("b/1"),
        directory("c"),
        file("c/1"),
        file("f"));
    layer(
        directory("a"),
        file("a/.wh.1"),
        directory("b"),
        file("b/new"),
        file("b/.wh..wh..opq"),
        file(".wh.f"),
        file("c"));

    unpack();

    assertThat(listing())
        .containsExactly(
            "a d 755 0:0 ", "a/2 f 644 0:0 ", "b d 755 0:0 ", "b/new f 644 0:0 ", "c f 644 0:0 ");
  }

  @Test
  void namesFollowLinksOfTheirOwnLayerOnly() throws IOException {
    layer(
        directory("usr"),
        directory("usr/lib"),
        file("usr/lib/old"),
        TarEntry.symlink("lib", "usr/lib"));
    layer(TarEntry.symlink("own", "usr/lib"), file("own/new"), file("lib/covers"));

    unpack();

    assertThat(listing())
        .containsExactly(
            "lib d 755 0:0 ",
            "lib/covers f 644 0:0 ",
            "own l 777 0:0 usr/lib",
            "usr d 755 0:0 ",
            "usr/lib d 755 0:0 ",
            "usr/lib/new f 644 0:0 ",
            "usr/lib/old f 644 0:0 ");
  }

  @Test
  void namesFollowOtherNamesOfLinks() throws IOException {
    layer(
        directory("real"),
        TarEntry.symlink("link", "real"),
        TarEntry.hardLink("other", "link"),
        file("other/f"));

    unpack();

    assertThat(listing())
        .containsExactly(
            "link l 777 0:0 real", "other l 777 0:0 real", "real d 755 0:0 ", "real/f f 644 0:0 ");
  }

  @Test
  void entriesReplaceDirectoriesOfTheirOwnLayer() throws IOException {
    layer(
        directory("a"),
        directory("a/b"),
        file("a/b/1"),
        file("a"),
        directory("a"),
        file("a/b/2"),
        directory("c"),
        file("c/1"),
        TarEntry.symlink("c", "a"),
        file("c/3"));

    unpack();

    assertThat(listing())
        .containsExactly(
            "a d 755 0:0 ",
            "a/3 f 644 0:0 ",
            "a/b d 755 0:0 ",
            "a/b/2 f 644 0:0 ",
            "c l 777 0:0 a");
  }

  @Test
  void noNameOrLinkLeavesTheRoot() throws IOException {
    layer(
        file("../../escaped"),
        TarEntry.symlink("up", "../../../.."),
        file("up/through"),
        TarEntry.symlink("absolute", folder.toString()),
        file("absolute/inside"),
        TarEntry.symlink("last", folder.resolve("secret").toString()),
        file("last"),
        file("..").withMode(0777));

    unpack();

    assertThat(folder).isDirectoryNotContaining("glob:**/{escaped,through,inside}");
    assertThat(folder.resolve("secret")).hasContent("secret");
    assertThat(root.resolve("escaped")).exists();
    assertThat(root.resolve("through")).exists();
    assertThat(root.resolve(folder.toString().substring(1)).resolve("inside")).exists();
    assertThat(root.resolve("last")).hasContent("xxxx");
  }

  @Test
  void hardLinksToFilesOutsideFail() throws IOException {
    layer(TarEntry.hardLink("stolen", "../" + folder.getFileName() + "/secret"));
    assertThatThrownBy(this::unpack).isInstanceOf(IOException.class);

    layers.clear();
    layer(TarEntry.symlink("out", folder.toString()), TarEntry.hardLink("stolen", "out/secret"));
    assertThatThrownBy(this::unpack).isInstanceOf(IOException.class);
    assertThat(root.resolve("stolen")).doesNotExist();
  }

  @Test
  void whiteoutsRemoveNothingOutside() throws IOException {
    layer(TarEntry.symlink("out", folder.toString()));
    layer(file("out/.wh.secret"), file("../.wh.secret"), file("out/.wh..wh..opq"));

    unpack();

    assertThat(folder.resolve("secret")).exists();
  }

  @Test
  void sizeIsLimited() throws IOException {
    layer(TarEntry.file("zeros", 8 << 20));
    assertThat(blobs.values().iterator().next()).hasSizeLessThan(100_000);

    assertThatThrownBy(() -> unpack(new UnpackLimit(1 << 20, 100)))
        .isInstanceOf(BaseTooLargeException.class)
        .hasMessage("its uncompressed layers are larger than 1048576 bytes");
    assertThat(root.resolve("zeros").toFile().length()).isLessThanOrEqualTo(1 << 20);
  }

  @Test
  void contentBehindTheArchiveIsLimited() throws IOException {
    var bytes = Arrays.copyOf(tar(file("f")), 8 << 20);
    layer(gzip(bytes), Digest.of(bytes));

    assertThatThrownBy(() -> unpack(new UnpackLimit(1 << 20, 100)))
        .isInstanceOf(BaseTooLargeException.class);
  }

  @Test
  void numberOfEntriesIsLimited() throws IOException {
    layer(file("a"), file("b"));
    layer(file("c"));

    assertThatThrownBy(() -> unpack(new UnpackLimit(1 << 20, 2)))
        .isInstanceOf(BaseTooLargeException.class)
        .hasMessage("its layers have more than 2 entries");
  }

  @Test
  void contentMustMatchItsDigest() throws IOException {
    layer(gzip(tar(file("f"))), Digest.of("other".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(this::unpack).hasMessageContaining("is corrupt: its content does not match");
  }

  /** Lazily pulled images have one member for each file. */
  @Test
  void layersOfSeveralGzipMembersAreComplete() throws IOException {
    var tar = tar(file("a"), file("b"), file("c"));
    var blob = new ByteArrayOutputStream();
    for (var start = 0; start < tar.length; start += 512) {
      blob.writeBytes(gzip(Arrays.copyOfRange(tar, start, Math.min(start + 512, tar.length))));
    }
    layer(blob.toByteArray(), Digest.of(tar));

    unpack();

    assertThat(listing()).hasSize(3);
  }

  @Test
  void imageWithoutLayersIsEmpty() throws IOException {
    assertThat(unpack()).isFalse();
    assertThat(root).isEmptyDirectory();
  }
}
